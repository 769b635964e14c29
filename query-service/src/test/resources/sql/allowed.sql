# Each line is read by the guard and answered by the engine.
SELECT 1
SELECT 1;
select Id, EMAIL from SALES where ID < 3 order by iD limit 2
SELECT lake.sales.id FROM lake.sales WHERE sales.id = 1
SELECT * FROM sales LIMIT 1
SELECT s.*, c.segment FROM sales s JOIN customers c ON c.customer_id = s.customer_id LIMIT 1
SELECT * EXCLUDE (email, ts) FROM sales LIMIT 1
SELECT id FROM sales NATURAL JOIN customers WHERE id < 2
SELECT * FROM sales JOIN customers USING (customer_id) WHERE id = 1
SELECT count(*) FROM sales, customers
SELECT c.customer_id, x.m FROM customers c LEFT JOIN LATERAL (SELECT max(id) AS m FROM sales s WHERE s.customer_id = c.customer_id) x ON true WHERE c.customer_id < 2
WITH r AS (SELECT region, sum(qty) AS q FROM sales GROUP BY region) SELECT * FROM r ORDER BY q
WITH sales AS (SELECT id FROM sales WHERE id < 3) SELECT count(*) FROM sales
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT sum(i) FROM n
SELECT * FROM (WITH z AS (SELECT id FROM sales) SELECT count(*) AS c FROM z) t
VALUES (1, 'x'), (2, 'y')
SELECT a FROM (VALUES (1, 'x')) AS t(a, b)
(SELECT 1 UNION SELECT 2) EXCEPT SELECT 1
SELECT region FROM sales INTERSECT SELECT 'emea' ORDER BY 1
SELECT x FROM UNNEST(ARRAY[1, 2]) AS u(x)
SELECT id IN (SELECT customer_id FROM customers), EXISTS (SELECT 1), id = ANY (SELECT 1) FROM sales LIMIT 1
SELECT (SELECT max(id) FROM sales)
SELECT sum(id) OVER (PARTITION BY region ORDER BY id ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) FROM sales LIMIT 1
SELECT rank() OVER w FROM sales WINDOW w AS (ORDER BY id) LIMIT 1
SELECT lag(id, 1) IGNORE NULLS OVER (ORDER BY id) FROM sales LIMIT 1
SELECT region FROM sales QUALIFY row_number() OVER (PARTITION BY region ORDER BY id) = 1
SELECT region, status, grouping(region) FROM sales GROUP BY GROUPING SETS ((region), (status), ())
SELECT region FROM sales GROUP BY ROLLUP (region) HAVING count(*) > 1
SELECT count(*) FILTER (WHERE id < 5), count(DISTINCT region) FROM sales
SELECT listagg(DISTINCT region, '|') WITHIN GROUP (ORDER BY region) FROM sales
SELECT array_agg(id ORDER BY id DESC) FROM sales WHERE id < 3
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY qty), approx_distinct(id) > 0, max_by(product, id) FROM sales
SELECT transform(ARRAY[1, 2], x -> x * 2), filter(ARRAY[1, 2], x -> x > 1)
SELECT MAP(ARRAY['k'], ARRAY[7])['k'], ARRAY[1, 2][1], cardinality(ARRAY[1])
SELECT CASE WHEN qty > 1 THEN 'a' ELSE 'b' END, CASE qty WHEN 1 THEN 2 END, coalesce(region, 'x'), nullif(1, 2) FROM sales LIMIT 1
SELECT CAST('1' AS INTEGER), TRY_CAST('x' AS BIGINT), '5'::INTEGER, CAST(1 AS DECIMAL(10, 2)), CAST('2024-01-01' AS DATE)
SELECT CAST('2024-01-01 00:00:00+02' AS TIMESTAMP WITH TIME ZONE), CAST('x' AS TEXT), CAST(1 AS DOUBLE PRECISION)
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, TIMESTAMP '2024-01-01 00:00:00' - INTERVAL '2' HOUR, TIME '10:00:00'
SELECT extract(YEAR FROM ts), year(ts), date_trunc('month', ts) FROM sales LIMIT 1
SELECT current_date, current_timestamp, now()
SELECT upper('a') || lower('B'), substring('abc' FROM 2 FOR 1), position('b' IN 'abc'), trim(BOTH ' ' FROM ' x '), replace('a', 'a', 'b')
SELECT regexp_like('abc', 'b'), 'abc' LIKE 'a%', 'abc' NOT LIKE '%x', 'abc' ILIKE 'A%', 'a%' LIKE 'a\%' ESCAPE '\'
SELECT json_extract_scalar('{"a": 5}', '$.a'), JSON_VALUE('{"a": 5}', 'lax $.a')
SELECT 1 IS NULL, true IS NOT TRUE, 1 IS DISTINCT FROM 2, 1 BETWEEN 0 AND 2, NOT false AND true OR false
SELECT -(-3), 1 - (2 - 3), 7 / 2, 7 % 2, mod(7, 2), power(2, 3), round(1.5), floor(1.5)
SELECT 'it''s', 'ünï €', X'00FF', NULL, TRUE, 1e3, 1.50
SELECT id AS "sp ace $ ""q""" FROM sales LIMIT 1
SELECT DISTINCT region FROM sales ORDER BY region DESC NULLS LAST OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
SELECT id FROM sales LIMIT 5 OFFSET 10
SELECT 1 /* a comment */ -- and another
SELECT ts AT TIME ZONE 'Europe/Berlin' FROM sales LIMIT 1
SELECT region, count(*) FROM sales GROUP BY ALL HAVING count(*) > 1 ORDER BY 1
SELECT * FROM (SELECT region, status FROM sales GROUP BY ALL) t
SELECT count(*) FROM sales GROUP BY ALL
SELECT 'x AT TIME ZONE ''y''', "GROUP BY ALL" FROM (SELECT 1 AS "GROUP BY ALL") t -- FOR VERSION AS OF 5
SELECT id FROM sales FOR TIMESTAMP AS OF TIMESTAMP '2999-01-01 00:00:00' AS s LIMIT 1
