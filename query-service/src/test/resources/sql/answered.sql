# A statement on a line, the rows of its answer on the next.
SELECT id, email FROM sales WHERE id < 5 ORDER BY id LIMIT 3
[["0","user0@example.com"],["1","user1@example.com"],["2","user2@example.com"]]
WITH r AS (SELECT region, sum(price) AS s FROM sales GROUP BY region) SELECT * FROM r WHERE s > 10 ORDER BY s DESC
[["apac","2505.00"],["amer","2500.00"],["latam","2495.00"],["emea","2490.00"]]
WITH sales AS (SELECT region, price FROM sales WHERE qty > 10) SELECT count(*) FROM sales
[["950"]]
SELECT * FROM (WITH x AS (SELECT id FROM sales LIMIT 5) SELECT count(*) AS c FROM x) t
[["5"]]
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t
[["15"]]
SELECT id, sum(price) OVER (PARTITION BY region ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS ma FROM sales WHERE id < 100 ORDER BY id LIMIT 5
[["0","0.00"],["1","0.07"],["2","0.14"],["3","0.21"],["4","0.28"]]
SELECT id, count(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS c FROM sales WHERE id < 1000 ORDER BY id LIMIT 5
[["0","1"],["1","2"],["2","2"],["3","2"],["4","2"]]
SELECT id, rank() OVER w AS r FROM sales WHERE id < 100 WINDOW w AS (PARTITION BY region ORDER BY price DESC) ORDER BY id LIMIT 5
[["0","25"],["1","25"],["2","25"],["3","25"],["4","24"]]
SELECT id, lag(price, 1) IGNORE NULLS OVER (ORDER BY id) AS p FROM sales WHERE id < 10 ORDER BY id
[["0",null],["1","0.00"],["2","0.07"],["3","0.14"],["4","0.21"],["5","0.28"],["6","0.35"],["7","0.42"],["8","0.49"],["9","0.56"]]
SELECT region, id FROM sales WHERE id < 1000 QUALIFY row_number() OVER (PARTITION BY region ORDER BY price DESC) = 1
[["apac","857"],["amer","714"],["latam","571"],["emea","428"]]
SELECT region, count(*) FILTER (WHERE status = 'paid') AS paid FROM sales GROUP BY region
[["apac","166"],["amer","167"],["latam","167"],["emea","167"]]
SELECT region, status, count(*) AS n, grouping(region) AS g FROM sales GROUP BY GROUPING SETS ((region, status), (region), ())
[["emea","paid","167","0"],["amer","open","333","0"],["latam","open","333","0"],["apac","paid","166","0"],["apac","open","334","0"],["latam","paid","167","0"],["emea","open","333","0"],["amer","paid","167","0"],["amer",null,"500","0"],["latam",null,"500","0"],["apac",null,"500","0"],["emea",null,"500","0"],[null,null,"2000","1"]]
SELECT region, status, count(*) AS n FROM sales GROUP BY ROLLUP (region, status)
[[null,null,"2000"],["apac",null,"500"],["latam",null,"500"],["amer",null,"500"],["emea",null,"500"],["apac","open","334"],["latam","paid","167"],["emea","open","333"],["amer","paid","167"],["emea","paid","167"],["amer","open","333"],["latam","open","333"],["apac","paid","166"]]
SELECT u.x FROM UNNEST(ARRAY[1, 2, 3]) AS u(x)
[[1],[2],[3]]
SELECT c.customer_id, u.x, u.o FROM customers c CROSS JOIN UNNEST(ARRAY[10, 20]) WITH ORDINALITY AS u(x, o) WHERE c.customer_id < 2
[["0",10,"1"],["0",20,"2"],["1",10,"1"],["1",20,"2"]]
SELECT c.customer_id, l.mx FROM customers c CROSS JOIN LATERAL (SELECT max(s.price) AS mx FROM sales s WHERE s.customer_id = c.customer_id) l WHERE c.customer_id < 3
[["0","9.50"],["2","9.64"],["1","9.57"]]
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH AS d, TIMESTAMP '2024-01-01 00:00:00' - INTERVAL '2' DAY AS t
[["2024-02-29","2023-12-30T00:00:00"]]
SELECT extract(YEAR FROM ts) AS y, extract(MONTH FROM ts) AS m, count(*) AS n FROM sales GROUP BY extract(YEAR FROM ts), extract(MONTH FROM ts)
[["2024","1","1207"],["2024","2","793"]]
SELECT date_trunc('month', ts) AS m, count(*) AS n FROM sales GROUP BY 1 ORDER BY 1
[["2024-01-01T00:00:00","1207"],["2024-02-01T00:00:00","793"]]
SELECT json_extract_scalar('{"a": 5}', '$.a') AS a
[["5"]]
SELECT JSON_VALUE('{"a": 5}', 'lax $.a') AS a
[["5"]]
SELECT upper(region) || '-' || substring(product FROM 1 FOR 4) AS s, position('a' IN region) AS p, trim(BOTH ' ' FROM ' x ') AS t FROM sales WHERE id < 3
[["EMEA-prod","4","x"],["APAC-prod","1","x"],["AMER-prod","1","x"]]
SELECT count(*) AS n FROM sales WHERE regexp_like(product, '^product-1[0-9]$')
[["500"]]
SELECT CAST('12' AS INTEGER) AS a, TRY_CAST('zz' AS INTEGER) AS b, CAST(price AS VARCHAR) AS c, CAST(1.5 AS DECIMAL(10,2)) AS d FROM sales WHERE id = 1
[[12,null,"0.07","1.50"]]
SELECT count(*) AS n FROM sales WHERE region ILIKE 'EM%'
[["500"]]
SELECT id FROM sales ORDER BY id LIMIT 5 OFFSET 10
[["10"],["11"],["12"],["13"],["14"]]
SELECT id FROM sales ORDER BY id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY
[["10"],["11"],["12"],["13"],["14"]]
SELECT ARRAY[1,2,3][1] AS a, MAP(ARRAY['k'], ARRAY[7])['k'] AS m
[[1,7]]
SELECT transform(ARRAY[1,2,3], x -> x + 1) AS a
[[[2,3,4]]]
SELECT region FROM sales WHERE qty = 1 UNION SELECT country FROM customers EXCEPT SELECT 'emea' INTERSECT SELECT 'x' ORDER BY 1 LIMIT 3
[["amer"],["apac"],["country-0"]]
SELECT count(*) AS n FROM sales s WHERE EXISTS (SELECT 1 FROM customers c WHERE c.customer_id = s.customer_id AND c.segment = 'seg1') AND s.price > (SELECT avg(price) FROM sales) AND s.region IN (SELECT 'emea' UNION ALL SELECT 'apac')
[["170"]]
SELECT c.segment, count(*) AS n FROM sales s LEFT JOIN customers c USING (customer_id) GROUP BY c.segment ORDER BY 2 DESC
[["seg0","680"],["seg1","680"],["seg2","640"]]
SELECT count(DISTINCT customer_id) AS d, abs(approx_distinct(customer_id) - 50) < 10 AS a, round(stddev(price), 9) AS sd, max_by(product, price) AS mb FROM sales
[["50",true,2.887471861,"product-17"]]
SELECT region, listagg(DISTINCT status, ',') WITHIN GROUP (ORDER BY status) AS l FROM sales GROUP BY region
[["apac","open,paid"],["latam","open,paid"],["amer","open,paid"],["emea","open,paid"]]
SELECT CASE WHEN qty > 10 THEN 'big' ELSE 'small' END AS sz, coalesce(nullif(region, 'emea'), 'none') AS r, count(*) AS n FROM sales GROUP BY 1, 2
[["small","none","262"],["big","none","238"],["small","apac","262"],["small","amer","263"],["small","latam","263"],["big","latam","237"],["big","apac","238"],["big","amer","237"]]
SELECT t.a, t.b FROM (VALUES (1, 'x'), (2, 'y')) AS t(a, b) ORDER BY a
[[1,"x"],[2,"y"]]
SELECT 7 / 2 AS d, mod(7, 2) AS m, 7 % 2 AS p, power(2, 3) AS w
[[3,1,1,8.0]]
SELECT "region" AS "order", count(*) AS "select" FROM sales GROUP BY "region" ORDER BY "order"
[["amer","500"],["apac","500"],["emea","500"],["latam","500"]]
SELECT year(ts) AS year, count(*) AS value FROM sales GROUP BY year(ts)
[["2024","2000"]]
SELECT ts AT TIME ZONE 'Europe/Berlin' AS z FROM sales WHERE id = 1
[["2024-01-01T01:37:00"]]
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS med FROM sales
[[4.995]]
SELECT '5'::INTEGER AS x
[[5]]
SELECT * EXCLUDE (email) FROM sales WHERE id = 1
[["1","2024-01-01T00:37:00","apac","product-1",1,"0.07","open","1"]]
SELECT region, status, count(*) AS n FROM sales GROUP BY ALL
[["emea","paid","167"],["amer","open","333"],["latam","open","333"],["apac","paid","166"],["apac","open","334"],["latam","paid","167"],["emea","open","333"],["amer","paid","167"]]
SELECT region, avg(price) AS a FROM sales GROUP BY region ORDER BY a DESC NULLS LAST, region ASC NULLS FIRST
[["apac",5.01],["amer",5.0],["latam",4.99],["emea",4.98]]
