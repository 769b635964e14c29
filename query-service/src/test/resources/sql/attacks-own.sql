# One statement per line, asked by the same reader. Each must be refused with a 4xx problem, or answered
# with nothing that the policy hides; and alike whatever the hidden values are.
# Direct
SELECT * FROM people
SELECT p.* FROM people p
SELECT p.email FROM people AS p
SELECT "EMAIL", "Email", eMaIl FROM people
SELECT people.email || '' FROM people
SELECT lake.people.email FROM lake.people
SELECT * EXCLUDE (id) FROM people
SELECT * EXCLUDE (email) FROM people
SELECT * EXCLUDE (salary) FROM people
SELECT salary FROM people
SELECT p.salary FROM people p
SELECT "salary" FROM people WHERE "salary" > 0
SELECT id FROM people ORDER BY salary
SELECT id FROM people WHERE salary > 100
SELECT count(*) FROM people GROUP BY salary
SELECT id FROM people HAVING max(salary) > 1
SELECT row_number() OVER (ORDER BY salary) FROM people
SELECT p.addr.city FROM people p
SELECT (p.addr).city FROM people p
SELECT tags[1] FROM people
SELECT cardinality(tags) FROM people
SELECT note FROM people
SELECT length(note), note IS NULL FROM people
SELECT typeof(email), typeof(note), typeof(tags), typeof(addr) FROM people
SELECT born, year(born), born + INTERVAL '1' DAY FROM people
SELECT people FROM people
SELECT p FROM people p
SELECT CAST(p AS VARCHAR) FROM people p
SELECT ROW(p.email, p.note) FROM people p
SELECT array_agg(email) FROM people
SELECT listagg(email, ',') FROM people
SELECT string_agg(note, ',') FROM people
SELECT max_by(email, id), min_by(note, id), any_value(email), mode(email) FROM people
SELECT approx_distinct(email), count(DISTINCT email), count(email) FROM people
SELECT min(born), max(born), median(id) FROM people WHERE born IS NOT NULL
# Probing masked values
SELECT id FROM people WHERE email LIKE 'qz%'
SELECT id FROM people WHERE email > 'q' AND email < 'r'
SELECT id FROM people WHERE email IN ('qz7a-0@planted.example', 'qz7b-0@planted.example')
SELECT id FROM people WHERE email BETWEEN 'a' AND 'z'
SELECT id FROM people WHERE email IS NOT NULL
SELECT id FROM people WHERE NOT (email = 'x')
SELECT id FROM people WHERE coalesce(email, 'none') <> 'none'
SELECT id FROM people WHERE starts_with(email, 'q')
SELECT id FROM people WHERE regexp_like(email, '^q')
SELECT id FROM people WHERE length(email) > 3
SELECT id FROM people WHERE ascii(email) = 113
SELECT id FROM people WHERE md5(email) IS NOT NULL
SELECT id FROM people WHERE email IS DISTINCT FROM NULL
SELECT id, CASE WHEN email > 'q' THEN 1 ELSE 0 END FROM people
SELECT id, email = 'x', email <> 'x', email IS NULL FROM people
SELECT CAST(email AS INTEGER) FROM people
SELECT CAST(note AS TIMESTAMP), note::DATE FROM people
SELECT id FROM people ORDER BY email DESC, note, born, tags, id
SELECT rank() OVER (ORDER BY email), lag(email) OVER (ORDER BY id), first_value(note) OVER (PARTITION BY born ORDER BY id) FROM people
SELECT DISTINCT email, note, born FROM people
SELECT email, count(*) FROM people GROUP BY email
SELECT email, count(*) FROM people GROUP BY ROLLUP (email)
SELECT count(*) FROM people GROUP BY ALL
SELECT id FROM people QUALIFY row_number() OVER (PARTITION BY email ORDER BY id) = 1
SELECT a.id, b.id FROM people a JOIN people b ON a.email = b.email AND a.id < b.id
SELECT a.id, b.id FROM people a JOIN people b USING (email)
SELECT * FROM people a NATURAL JOIN people b
SELECT a.id FROM people a LEFT JOIN people b ON a.email < b.email WHERE b.id IS NULL
SELECT a.id FROM people a, people b WHERE a.note = b.note
SELECT id FROM people WHERE email = (SELECT max(email) FROM people)
SELECT id FROM people WHERE email >= ALL (SELECT email FROM people)
SELECT id FROM people a WHERE EXISTS (SELECT 1 FROM people b WHERE b.email > a.email)
SELECT id FROM people WHERE (id, email) IN (SELECT id, email FROM people)
SELECT email FROM people UNION SELECT 'x'
SELECT email FROM people UNION ALL SELECT note FROM people
SELECT email FROM people EXCEPT SELECT NULL
SELECT id FROM people INTERSECT SELECT length(email) FROM people
SELECT born FROM people UNION SELECT 1
SELECT id FROM people UNION ALL SELECT email FROM people
SELECT CAST(salary AS VARCHAR) FROM people UNION SELECT 'x'
# Shadowing, scopes, CTEs
WITH people AS (SELECT * FROM lake.people) SELECT email, salary FROM people
WITH people AS (SELECT * FROM people) SELECT email FROM people
WITH email AS (SELECT email FROM people) SELECT email.email FROM email
WITH RECURSIVE r AS (SELECT id, email FROM people UNION ALL SELECT r.id + 100, p.email FROM r JOIN people p ON p.id = r.id WHERE r.id < 300) SELECT * FROM r
WITH x(a, b) AS (SELECT id, email FROM people) SELECT * FROM x
SELECT * FROM people AS orders
SELECT x.c3 FROM people AS x(c1, c2, c3, c4)
SELECT * FROM people AS x(a, b, c, d, e, f, g, h)
SELECT governed.email FROM people
SELECT governed.salary FROM people p
SELECT governed.* FROM people AS governed
SELECT p.salary FROM people p, (SELECT 1 AS salary) governed
SELECT * FROM (VALUES ('apac')) AS v(region), orders
SELECT o.* FROM (VALUES ('apac', 'governed')) AS governed(region, x), orders o
SELECT * FROM (SELECT 'x' AS region) AS region, LATERAL (SELECT * FROM orders) o
SELECT * FROM orders o, LATERAL (SELECT email, salary FROM people p WHERE p.id = o.person_id) x
SELECT email FROM people AS "governed" WHERE "governed".email = 'x'
SELECT o.id, (SELECT p.email FROM people p WHERE p.id = o.person_id) FROM orders o
SELECT (SELECT salary FROM people LIMIT 1)
SELECT o.id FROM orders o WHERE o.person_id IN (SELECT id FROM people WHERE note LIKE 'q%')
SELECT transform(ARRAY[1], x -> (SELECT max(email) FROM people)) FROM orders
SELECT filter(ARRAY[email, note], x -> x IS NOT NULL) FROM people
SELECT any_match(ARRAY[email], x -> x > 'a') FROM people
# Hidden rows
SELECT * FROM orders
SELECT * FROM orders WHERE 1 = 1 OR region = 'apac'
SELECT * FROM orders WHERE region <> 'emea'
SELECT * FROM orders WHERE region IS NULL OR NOT (region = 'emea')
SELECT count(*), sum(amount), min(product), max(product), max(amount) FROM orders
SELECT count(*) FROM orders o1, orders o2
SELECT count(*) FILTER (WHERE region <> 'emea') FROM orders
SELECT DISTINCT region FROM orders
SELECT id FROM orders ORDER BY amount DESC
SELECT CAST(product AS INTEGER) FROM orders
SELECT id FROM orders WHERE CAST(product AS INTEGER) >= 0
SELECT id FROM orders WHERE CAST(product AS INTEGER) / 0 > 1 OR id >= 0
SELECT sum(CAST(product AS INTEGER)) FROM orders
SELECT id FROM orders WHERE CASE WHEN region <> 'emea' THEN CAST('x' AS INTEGER) ELSE 1 END = 1
SELECT id FROM orders WHERE product::DATE IS NULL OR id > 0
SELECT max(CASE WHEN amount > 1000000 THEN CAST(region AS INTEGER) ELSE 1 END) FROM orders
SELECT id, CAST(region AS INTEGER) FROM orders WHERE region <> 'emea'
SELECT o.id FROM orders o JOIN people p ON CAST(o.product AS INTEGER) = p.id
SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM orders x WHERE CAST(x.product AS INTEGER) = o.id)
SELECT p.id FROM people p LEFT JOIN orders o ON o.person_id = p.id WHERE o.id IS NULL
SELECT p.id FROM people p FULL JOIN orders o ON o.person_id = p.id AND o.region <> 'emea'
SELECT lag(product) OVER (ORDER BY id), lead(amount) OVER (ORDER BY id) FROM orders
SELECT id FROM orders LIMIT 1 OFFSET 5
SELECT id FROM orders ORDER BY id OFFSET 3 ROWS FETCH NEXT 100 ROWS ONLY
SELECT repeat(product, 10) FROM orders
SELECT date_add('day', CAST(product AS INTEGER), DATE '2024-01-01') FROM orders
SELECT power(amount, 300) FROM orders WHERE power(amount, 300) > 0
SELECT id FROM orders WHERE sqrt(amount - 500) > 0 OR id >= 0
SELECT id FROM orders WHERE chr(CAST(amount AS INTEGER)) IS NOT NULL OR id >= 0
SELECT from_hex(product) FROM orders
SELECT id FROM orders WHERE from_hex(product) IS NOT NULL OR id >= 0
SELECT id FROM orders WHERE json_extract(product, '$') IS NOT NULL OR id >= 0
SELECT id FROM orders WHERE regexp_like('x', product) OR id >= 0
# Metadata columns
SELECT _kafka_offset FROM orders
SELECT *, _kafka_offset FROM orders
SELECT _ingest_id, count(*) FROM orders GROUP BY _ingest_id
SELECT max(_kafka_offset) FROM orders
SELECT o._kafka_partition FROM orders o
SELECT * EXCLUDE (_kafka_offset) FROM orders
# Other states
SELECT * FROM people FOR TIMESTAMP AS OF TIMESTAMP '2020-01-01 00:00:00'
SELECT * FROM people FOR VERSION AS OF 1
SELECT * FROM vault FOR VERSION AS OF 1
# A dataset that is not there
SELECT * FROM vault
SELECT secret FROM lake.vault
TABLE vault
SELECT 1 FROM vault v WHERE 1 = 0
WITH v AS (SELECT * FROM vault) SELECT 1
SELECT count(*) FROM orders WHERE id IN (SELECT id FROM vault)
SELECT EXISTS (SELECT 1 FROM vault)
DESCRIBE vault
SHOW COLUMNS FROM vault
EXPLAIN SELECT * FROM vault
SHOW TABLES LIKE 'v%'
SELECT * FROM vaul
SELECT * FROM "VAULT"
SELECT * FROM ｖａｕｌｔ
SELECT * FROM vault$files
SELECT * FROM "vault.snapshots"
SELECT * FROM lake.vault.history
# Descriptions
DESCRIBE people
SHOW COLUMNS FROM people
SHOW TABLES
EXPLAIN SELECT * FROM people WHERE email = 'x'
EXPLAIN SELECT * FROM orders
EXPLAIN SELECT count(*) FROM orders WHERE region = 'apac'
EXPLAIN SELECT id FROM people WHERE salary > 1
EXPLAIN ANALYZE SELECT * FROM orders
# Files, settings, the engine itself
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_json_auto('x')
SELECT * FROM parquet_scan('data/**/*.parquet')
SELECT * FROM parquet_metadata('x.parquet')
SELECT * FROM 'x.parquet'
SELECT * FROM sniff_csv('x')
SELECT * FROM duckdb_columns()
SELECT * FROM duckdb_logs()
SELECT * FROM duckdb_secrets()
SELECT * FROM pragma_table_info('people')
SELECT * FROM sqlite_master
SELECT * FROM information_schema.columns
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM scan.people
SELECT * FROM scan."people#0"
SELECT * FROM scan."people#1#all"
SELECT * FROM "scan"."orders#2"
SELECT * FROM memory.main.people
SELECT * FROM temp.people
SELECT * FROM system.runtime.queries
SELECT * FROM TABLE(system.query('select 1'))
SELECT current_setting('threads'), version()
SELECT current_user
SELECT current_query()
SELECT pg_typeof(email) FROM people
SELECT error(email) FROM people
SELECT hash(email) FROM people
SELECT set_config('x', 'y')
SELECT getvariable('salt')
SELECT attr('region')
SELECT * FROM orders WHERE region = attr('region')
SELECT write_log(email) FROM people
SELECT stats(email) FROM people
SELECT alias(email) FROM people
SELECT columns('.*') FROM people
SELECT COLUMNS(*) FROM people
SELECT * REPLACE (salary AS email) FROM people
SELECT unnest(tags) FROM people
SELECT t.x FROM people p, UNNEST(p.tags) AS t(x)
SELECT t.x FROM people p CROSS JOIN UNNEST(ARRAY[p.email, p.note]) AS t(x)
SELECT * FROM people TABLESAMPLE BERNOULLI (50)
SELECT * FROM people POSITIONAL JOIN orders
SELECT * FROM people ASOF JOIN orders ON people.id >= orders.id
SELECT rowid FROM people
SELECT file_row_number FROM people
SELECT filename FROM people
SELECT "c3" FROM people
# Quoting, comments, unicode
SELECT email/**/FROM/**/people
SELECT/* */email--x
SELECT "email"""  FROM people
SELECT U&'\0065mail' FROM people
SELECT "ｅｍａｉｌ" FROM people
SELECT "еmail" FROM people
SELECT "SALARY" FROM people
SELECT "ſalary" FROM people
SELECT 'x' AS "salary", salary FROM people
SELECT id AS salary FROM people WHERE salary = 1
SELECT 1 /* ; */ ; -- x
SELECT id FROM people WHERE name = '''; SELECT salary FROM people --'
SELECT $$x$$ FROM people
SELECT E'\x41' FROM people
SELECT id FROM people WHERE name = 'x' OR ''=''
SELECT * FROM people; DROP TABLE people
BEGIN; SELECT 1
PREPARE x AS SELECT email FROM people
EXECUTE x
CALL pragma_version()
EXPORT DATABASE '/tmp/x'
IMPORT DATABASE '/tmp/x'
CREATE MACRO f(x) AS x
CREATE VIEW v AS SELECT * FROM people
CREATE TEMP TABLE t AS SELECT * FROM people
DETACH memory
USE memory
VACUUM
CHECKPOINT
MERGE INTO people USING orders ON 1 = 1 WHEN MATCHED THEN DELETE
FROM people
FROM people SELECT email
SUMMARIZE people
PIVOT people ON email
UNPIVOT people ON email INTO NAME n VALUE v
DESCRIBE SELECT * FROM people
VALUES ((SELECT max(email) FROM people))
