# code|statement
unknown_table|SELECT * FROM "/etc/hostname"
unknown_table|SELECT * FROM "file.csv"
sql_syntax|SELECT * FROM '/etc/hostname'
sql_not_allowed|SELECT * FROM read_csv('/etc/hostname')
sql_not_allowed|SELECT * FROM TABLE(read_csv('/etc/hostname'))
sql_not_allowed|SELECT * FROM read_blob('x'), sales
sql_not_allowed|SELECT * FROM LATERAL (TABLE sales) t
sql_not_allowed|SELECT * FROM glob('*')
sql_syntax|SELECT * FROM range(10)
sql_not_allowed|SELECT * FROM parquet_metadata('x')
sql_not_allowed|SELECT * FROM duckdb_tables()
sql_not_allowed|SELECT * FROM query('select 1')
unknown_table|SELECT * FROM information_schema.tables
unknown_table|SELECT * FROM scan."sales#0"
unknown_table|SELECT * FROM "sales#0"
unknown_table|SELECT * FROM memory.main.sales
unknown_table|SELECT * FROM lake.lake.sales
unknown_table|SELECT * FROM sales s, s.email
unknown_table|SELECT * FROM pg_catalog.pg_class
unknown_table|WITH x AS (SELECT 1 AS a) SELECT * FROM lake."x.y"
sql_not_allowed|WITH "a.csv" AS (SELECT 1) SELECT * FROM "a.csv"
sql_not_allowed|TABLE sales
sql_not_allowed|SELECT * FROM (TABLE sales) t
sql_not_allowed|WITH x AS (TABLE sales) SELECT * FROM x
sql_not_allowed|SELECT 1 UNION TABLE sales
sql_not_allowed|SELECT 1 IN (TABLE sales)
sql_not_allowed|SELECT EXISTS (TABLE sales)
sql_not_allowed|SELECT * FROM sales FOR SYSTEM_TIME AS OF current_timestamp
sql_not_allowed|SELECT 1 FOR VERSION AS OF 5
sql_not_allowed|SELECT * FROM (SELECT 1) FOR VERSION AS OF 5
sql_not_allowed|WITH t AS (SELECT 1) SELECT * FROM t FOR VERSION AS OF 5
sql_not_allowed|SELECT * FROM UNNEST(ARRAY[1]) FOR TIMESTAMP AS OF TIMESTAMP '2024-01-01 00:00:00'
sql_not_allowed|SELECT * FROM sales PIVOT (sum(qty) FOR region IN ('emea' AS e))
sql_not_allowed|SELECT * FROM sales UNPIVOT (v FOR k IN (qty, price))
sql_not_allowed|SELECT * FROM sales MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS i PATTERN (A) DEFINE A AS id > 1) m
sql_not_allowed|SELECT * FROM sales TABLESAMPLE BERNOULLI (10)
sql_not_allowed|SELECT read_text('/etc/hostname')
sql_not_allowed|SELECT s.read_text('x') FROM sales s
sql_not_allowed|SELECT "read_text"('x')
sql_not_allowed|SELECT current_setting('threads')
sql_not_allowed|SELECT getenv('PATH')
sql_not_allowed|SELECT getvariable('x')
sql_not_allowed|SELECT nextval('x')
sql_not_allowed|SELECT pg_sleep(1)
sql_not_allowed|SELECT version()
sql_not_allowed|SELECT upper(read_text('x')) FROM sales
sql_not_allowed|SELECT 1 WHERE_X FROM sales WHERE id = txid_current()
sql_not_allowed|SELECT 1 FROM sales GROUP BY getenv('x')
sql_not_allowed|SELECT 1 FROM sales HAVING getenv('x') = 'y'
sql_not_allowed|SELECT 1 FROM sales ORDER BY getenv('x')
sql_syntax|SELECT id FROM sales LIMIT getenv('x')
sql_not_allowed|SELECT sum(id) OVER (ORDER BY getenv('x')) FROM sales
sql_not_allowed|SELECT sum(id) OVER w FROM sales WINDOW w AS (ORDER BY getenv('x'))
sql_not_allowed|SELECT count(*) FILTER (WHERE getenv('x') = 'y') FROM sales
sql_not_allowed|SELECT transform(ARRAY[1], x -> getenv('x'))
sql_not_allowed|SELECT * FROM UNNEST(ARRAY[getenv('x')]) AS u(x)
sql_not_allowed|VALUES (getenv('x'))
sql_not_allowed|SELECT * FROM sales s JOIN customers c ON getenv('x') = 'y'
sql_not_allowed|SELECT listagg(region, ',') WITHIN GROUP (ORDER BY getenv('x')) FROM sales
sql_not_allowed|SELECT CASE WHEN getenv('x') = 'y' THEN 1 END
sql_not_allowed|SELECT current_user
sql_not_allowed|SELECT "session_user"
sql_not_allowed|SELECT "current_schema" FROM sales
sql_not_allowed|SELECT COLUMNS(*) FROM sales
sql_not_allowed|SELECT max(*) FROM sales
sql_not_allowed|SELECT count(s.*) FROM sales s
sql_not_allowed|INSERT INTO sales SELECT * FROM sales
sql_not_allowed|UPDATE sales SET qty = 1
sql_not_allowed|DELETE FROM sales
sql_syntax|MERGE INTO sales USING customers ON true WHEN MATCHED THEN DELETE
sql_not_allowed|CREATE TABLE x (a INTEGER)
sql_syntax|DROP TABLE sales
sql_syntax|COPY sales TO 'x.csv'
sql_syntax|ATTACH 'x.db'
sql_syntax|INSTALL httpfs
sql_syntax|LOAD httpfs
sql_syntax|PRAGMA database_list
sql_syntax|CALL read_text('x'
sql_not_allowed|CALL read_text('x')
sql_not_allowed|SET threads = 9
sql_not_allowed|EXPLAIN PLAN FOR SELECT 1
sql_syntax|SELECT 1 AT TIME ZONE getenv('x')
sql_not_allowed|SELECT getenv('x') AT TIME ZONE 'UTC'
sql_not_allowed|SELECT * FROM sales GROUP BY ALL
sql_not_allowed|SELECT at_zone('UTC')
sql_not_allowed|SELECT 1; SELECT 2
sql_not_allowed|SELECT 1; DELETE FROM sales
sql_not_allowed|SELECT /*+ hint */ 1 FROM sales
sql_not_allowed|SELECT STREAM id FROM sales
sql_not_allowed|SELECT _latin1'x'
sql_not_allowed|SELECT INTERVAL '1''; --' DAY
sql_not_allowed|SELECT INTERVAL '1 2' DAY TO HOUR
sql_not_allowed|SELECT DATE 'x''y'
sql_not_allowed|SELECT CAST(1 AS "main"."evil")
sql_not_allowed|SELECT CAST('x' AS evil)
sql_not_allowed|SELECT floor(ts TO DAY) FROM sales
sql_not_allowed|SELECT 'a' SIMILAR TO 'b'
sql_not_allowed|SELECT NEXT VALUE FOR seq
sql_not_allowed|SELECT id FROM sales NATURAL JOIN customers WHERE _kafka_offset = 1
sql_not_allowed|SELECT 1 FROM sales a JOIN sales b USING (_kafka_offset)
sql_syntax|SELECT
sql_syntax|SELEC 1
sql_syntax|SELECT * FROM
sql_syntax|SELECT 'abc
sql_syntax|SELECT (1
sql_not_allowed|SELECT JSON_VALUE('{"a":1}', '$.b' DEFAULT 'none' ON EMPTY)
