# Asked of both engines, one statement a line: the answers are the same, or the last engine refuses ('refused|' before it).
SELECT 1.0 / 0
SELECT 1 / 0
SELECT 5 % 0
SELECT 5.5 % 0
SELECT sqrt(-1), ln(0), log10(-1), exp(1000), power(10, 400), asin(2)
SELECT round(2.5), round(2.345, 2), round(CAST(2.345 AS DOUBLE), 2), round(7), round(1234.5, -2), round(-2.5), round(CAST(-2.5 AS DOUBLE)), round(CAST(0.5 AS DOUBLE))
SELECT ceil(7), floor(7), ceil(1.2), floor(CAST(1.5 AS DOUBLE)), truncate(1.57), truncate(3), truncate(CAST(-1.5 AS DOUBLE))
SELECT sign(-2.5), sign(3), sign(CAST(-3 AS DOUBLE)), abs(-2.5), abs(CAST(-2 AS BIGINT))
SELECT CAST(CAST(2.5 AS DOUBLE) AS INTEGER), CAST(CAST(3.5 AS DOUBLE) AS INTEGER), CAST(CAST(-2.5 AS DOUBLE) AS BIGINT), CAST(CAST(0.5 AS DOUBLE) AS INTEGER), CAST(CAST(2.4 AS DOUBLE) AS INTEGER)
refused|SELECT CAST('12.7' AS INTEGER)
SELECT CAST(' 12 ' AS INTEGER), CAST('1.555' AS DECIMAL(10,2)), CAST(' 1.5 ' AS DOUBLE), CAST('-inf' AS DOUBLE)
SELECT CAST(CAST(1.005 AS DOUBLE) AS DECIMAL(10,2)), CAST(CAST(1.555 AS DOUBLE) AS DECIMAL(10,2)), CAST(CAST(-0.125 AS DOUBLE) AS DECIMAL(10,2))
SELECT greatest(1, 2.5), greatest('a', 'B'), least(NULL, NULL), greatest(DATE '2024-01-01', DATE '2025-01-01')
SELECT substring('hello' FROM 0 FOR 2), substring('hello', -3, 2), substring('hello', 0), substring('abc', -5, 3), substring('hello', 2, -1), substring('hello', 9), substring('hello', 2, 0), substring('hello', 3)
SELECT left('hello', -2), right('hello', -2), left('hi', 9), right('hi', 9), right('hello', 0), left('hello', 0)
SELECT replace('abc', '', 'x'), repeat('ab', 0), repeat('ab', -1), repeat('', 3)
SELECT split_part('a-b-c', '-', 5), split_part('a-b-c', '-', -1), split_part(NULL, '-', 1), split('', ',')
SELECT regexp_extract('abc', 'x'), regexp_extract('a12b', '([0-9])([0-9])'), regexp_extract(NULL, 'x')
SELECT ascii(''), ascii('é'), chr(8364), to_hex(-1), to_hex('ab')
SELECT concat(NULL, NULL), concat('a', 1, true), concat_ws('-', 'a', 1, NULL), 'a' || 1, 'a' || 1.5
SELECT CAST(TIMESTAMP '2024-05-06 07:08:09.5' AS VARCHAR), CAST(TIME '10:00:00' AS VARCHAR), CAST(DATE '2024-01-01' AS VARCHAR), CAST(true AS VARCHAR), CAST(12 AS VARCHAR)
SELECT ARRAY[1,2,3][0], ARRAY[1,2,3][-1], ARRAY[1,2,3][qty] FROM sales WHERE id = 2
SELECT contains(ARRAY[1,NULL], 2), contains(ARRAY[1], NULL), array_position(ARRAY[1], 3), array_distinct(ARRAY[1,NULL,1])
SELECT array_sort(ARRAY[3,NULL,1])
SELECT array_max(ARRAY[3,NULL]), array_min(ARRAY[3,NULL]), sequence(3,1), array_join(ARRAY[1,NULL,2],'-'), flatten(ARRAY[ARRAY[1],NULL,ARRAY[2]])
SELECT date_diff('month', DATE '2024-01-31', DATE '2024-02-01'), date_diff('hour', DATE '2024-01-01', DATE '2024-01-02'), date_diff('week', DATE '2024-06-02', DATE '2024-06-03'), date_diff('day', TIMESTAMP '2024-01-01 23:00:00', TIMESTAMP '2024-01-02 01:00:00'), date_diff('year', TIMESTAMP '2024-12-31 23:00:00', TIMESTAMP '2025-01-01 01:00:00'), date_diff('quarter', DATE '2024-03-31', DATE '2024-04-01'), date_diff('second', TIMESTAMP '2024-01-01 00:00:00.9', TIMESTAMP '2024-01-01 00:00:01.1')
SELECT DATE '2024-01-03' - DATE '2024-01-01', DATE '2024-01-01' + 5, 5 + DATE '2024-01-01', DATE '2024-01-06' - 5
refused|SELECT TIMESTAMP '2024-01-03 00:00:00' - TIMESTAMP '2024-01-01 10:00:00'
SELECT TIMESTAMP '2024-01-03 00:00:00' - TIMESTAMP '2024-01-01 10:00:00' > INTERVAL '1' DAY
SELECT max_by(a, b), min_by(a, b) FROM (VALUES (1, 1), (NULL, 2)) AS t(a, b)
SELECT skewness(a), kurtosis(a), stddev(a), var_pop(a), corr(a, a), covar_samp(a, a) FROM (VALUES (1)) AS t(a)
SELECT skewness(a), kurtosis(a), stddev(a), var_pop(a), corr(a, b), covar_samp(a, b), regr_slope(a, b), regr_intercept(a, b) FROM (VALUES (1, 2), (5, 3), (9, 11), (2, 4), (4, 4)) AS t(a, b)
SELECT corr(a, 1), regr_slope(a, 1), regr_slope(1, a), regr_intercept(1, a) FROM (VALUES (1), (2)) AS t(a)
SELECT regr_slope(a, a), regr_intercept(a, a), covar_pop(a, a) FROM (VALUES (1)) AS t(a)
SELECT sum(a), avg(a), min(a), max(a), count(a), array_agg(a), listagg(a, ',') WITHIN GROUP (ORDER BY a), median(a), stddev(a), bool_and(a > 1), bit_and(a) FROM (VALUES (1)) AS t(a) WHERE a > 5
SELECT sum(CAST(a AS REAL)), avg(CAST(a AS REAL)), sum(CAST(a AS DOUBLE)), sum(NULL), avg(b) FROM (VALUES (1, 0.1), (2, 0.2)) AS t(a, b)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a DESC), percentile_cont(0.25) WITHIN GROUP (ORDER BY a), percentile_disc(0) WITHIN GROUP (ORDER BY a), percentile_disc(0.34) WITHIN GROUP (ORDER BY a), percentile_disc(1) WITHIN GROUP (ORDER BY a), median(a) FROM (VALUES (1), (2), (10), (NULL)) AS t(a)
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY a DESC), percentile_cont(0.3) WITHIN GROUP (ORDER BY a DESC) FROM (VALUES (1), (2), (10), (11)) AS t(a)
SELECT * FROM (SELECT 1 AS id, 2 AS id) t
SELECT json_extract_scalar('{"a":[1]}', '$.a'), json_extract_scalar('{"a":null}', '$.a'), json_extract('{"a":{"b":1.0,"a":2}}', '$.a'), json_array_length('{}'), json_extract_scalar('{"a":true}', '$.a'), json_extract_scalar('{"a":1.50}', '$.a'), json_extract('{"a":null}', '$.b')
SELECT json_extract_scalar('nope', '$.a')
SELECT extract(EPOCH FROM TIMESTAMP '2024-05-06 07:08:09.5'), extract(SECOND FROM TIMESTAMP '2024-05-06 07:08:09.5'), extract(DECADE FROM DATE '2024-01-01'), extract(HOUR FROM DATE '2024-01-01'), extract(ISOYEAR FROM DATE '2024-12-31'), extract(DOY FROM DATE '2024-03-01'), extract(WEEK FROM DATE '2024-12-31')
refused|SELECT extract(MILLISECOND FROM TIMESTAMP '2024-05-06 07:08:09.5')
SELECT CAST('2024-06-01T10:00:00' AS TIMESTAMP), CAST('2024-06-01' AS TIMESTAMP), CAST('2024-06-01T10:00:00Z' AS TIMESTAMP WITH TIME ZONE), CAST('2024-06-01 10:00:00.123456+02' AS TIMESTAMP WITH TIME ZONE), CAST('2024-06-01 10:00:00-0530' AS TIMESTAMP WITH TIME ZONE)
SELECT CAST('2024-06-01 12:00:00' AS DATE), CAST(' 2024-06-01 ' AS DATE), CAST('2024-06-01 12:00:00+02' AS TIMESTAMP)
SELECT 1 = 1.0, 'a' < 'B', NULL IS DISTINCT FROM NULL, 1 IN (1, NULL), 2 IN (1, NULL), 2 NOT IN (1, NULL)
SELECT 2147483647 + 1
SELECT 9223372036854775807 + 1
SELECT CAST(10 AS TINYINT) * CAST(100 AS TINYINT)
SELECT 9223372036854775807 * 1.0, 12345678901234567890123, -9223372036854775808
SELECT CAST(1 AS DECIMAL), 1.5 * 2, 1.50 + 2, 1.5 - 0.25, 10.0 / 4, -7 / 2, CAST(7 AS BIGINT) / CAST(2 AS SMALLINT), 1.10 * 1.10
SELECT CAST(1 AS REAL) / CAST(3 AS REAL), CAST(0.1 AS REAL), CAST(16777217 AS REAL)
SELECT 0.1e0 + 0.2e0, 1e20, 1e-7, 123456789012.5e0, CAST('nan' AS DOUBLE)
SELECT a AS b, b + 1 AS c FROM (VALUES (1)) AS t(a) WHERE b = 1
SELECT a % 2 AS k, count(*) AS n FROM (VALUES (1), (2), (3)) AS t(a) GROUP BY k HAVING k = 1
SELECT * FROM (VALUES (1, 2)) AS a(k, x) JOIN (VALUES (3, 1)) AS b(y, k) USING (k)
SELECT * FROM (VALUES (1, 2)) AS a(x, k) NATURAL JOIN (VALUES (3, 2)) AS b(y, k)
SELECT k, x, y FROM (VALUES (1, 2)) AS a(k, x) FULL JOIN (VALUES (3, 9)) AS b(y, k) USING (k) ORDER BY k
SELECT k FROM (VALUES (1, 2)) AS a(k, x) RIGHT JOIN (VALUES (3, 9)) AS b(y, k) USING (k)
SELECT '2024-01-01' = DATE '2024-01-01', 1 = '1', TIMESTAMP '2024-01-01 00:00:00' > '2023-01-01', '5' + 1
SELECT count(*) FROM sales WHERE ts < '2024-01-02' AND price > '1.5' AND id IN ('1', '2')
SELECT count(*) FROM sales WHERE ts BETWEEN '2024-01-01' AND '2024-01-03'
SELECT strpos('abc', ''), position('' IN 'abc'), levenshtein_distance('a', NULL), 'abc' LIKE 'a\%', 'a%' LIKE 'a\%' ESCAPE '\'
SELECT regexp_replace('abc', '(b)', '[\1]'), regexp_replace('abc', 'b', '$0'), regexp_like('abc', '^A'), regexp_replace('abc', 'b')
SELECT lpad('abc', 2, 'x'), rpad('abc', 5, 'xy'), lpad('abc', 0, 'x')
SELECT date_part('dow', DATE '2024-06-02'), date_part('week', DATE '2024-06-02'), mod(-7.5, 2), -7.5 % 2, cot(1), atan2(1, 1)
SELECT last_day(TIMESTAMP '2024-02-10 10:00:00'), date_trunc('week', TIMESTAMP '2024-06-02 10:00:00'), date_trunc('quarter', DATE '2024-06-02'), date_trunc('hour', DATE '2024-06-02')
SELECT from_unixtime(1.5), to_unixtime(TIMESTAMP '1970-01-02 00:00:00.5'), to_unixtime(DATE '1970-01-02')
SELECT make_date(2024, 2, 30)
SELECT CAST('x' AS INTEGER)
SELECT CAST('300' AS TINYINT)
SELECT DATE '2024-02-30'
SELECT id + region FROM sales
SELECT region FROM sales WHERE region = 1
SELECT region, count(*) FROM sales
SELECT nope FROM sales
SELECT s.nope FROM sales s
SELECT x.id FROM sales s
SELECT id FROM sales s, customers c WHERE customer_id = 1
SELECT count(*) FROM sales s LEFT JOIN customers c ON s.customer_id = c.customer_id AND c.segment = 'seg1' WHERE c.segment IS NULL
SELECT region, sum(qty) AS q FROM sales GROUP BY region ORDER BY sum(qty) DESC, region LIMIT 2
SELECT DISTINCT region AS r FROM sales ORDER BY r DESC
SELECT region, rank() OVER (ORDER BY sum(price) DESC) AS r FROM sales GROUP BY region ORDER BY r
SELECT id, avg(price) OVER (PARTITION BY region ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a, count(*) FILTER (WHERE qty > 3) OVER (PARTITION BY region) AS c FROM sales WHERE id < 20 ORDER BY id
SELECT id, first_value(id) OVER w AS f, last_value(id) OVER w AS l, nth_value(id, 2) OVER w AS n, lead(id, 2, 0) OVER w AS d FROM sales WHERE id < 10 WINDOW w AS (PARTITION BY region ORDER BY id DESC) ORDER BY id
SELECT id, price FROM sales WHERE id < 100 QUALIFY row_number() OVER (PARTITION BY region ORDER BY price DESC, id) = 1 ORDER BY qty, id LIMIT 3
SELECT DISTINCT region FROM sales QUALIFY count(*) OVER (PARTITION BY region) > 1 ORDER BY region
SELECT grouping(region, status) AS g, region, status, count(*) AS n FROM sales GROUP BY CUBE (region, status) ORDER BY g, region, status
SELECT 1 WHERE true IS TRUE AND (NULL IS TRUE) IS FALSE AND NULL IS NOT TRUE
SELECT CASE region WHEN 'emea' THEN 1 WHEN 'apac' THEN 2.5 END AS c, if(qty > 3, 'x', NULL) AS i, nullif(qty, 0) AS n FROM sales WHERE id < 6 ORDER BY id
SELECT count(*) FROM (SELECT region FROM sales INTERSECT ALL SELECT region FROM sales WHERE id < 10) t
SELECT x FROM (VALUES (1), (NULL), (2)) AS t(x) UNION ALL SELECT 5 ORDER BY x DESC NULLS FIRST
SELECT DATE '2024-01-01' AS d UNION ALL SELECT TIMESTAMP '2024-01-01 10:00:00' ORDER BY 1
SELECT array_agg(ts ORDER BY ts) FROM sales WHERE id < 3
refused|SELECT any_match(ARRAY[1, NULL], x -> x > 5), all_match(ARRAY[1, NULL], x -> x > 0), any_match(NULL, x -> x > 1)
SELECT u.a FROM (VALUES (ARRAY[1, 2], 'x')) AS t(l, n), UNNEST(t.l) AS u(a) ORDER BY a
SELECT current_date = CAST(now() AS DATE), localtimestamp IS NOT NULL
SELECT strftime(TIMESTAMP '2024-05-06 07:08:09', '%d/%m/%y %H:%M:%S %p %B %A'), date_format(DATE '2024-05-06', '%e %c %b %a %y %j')
SELECT dayname(DATE '2024-06-02'), monthname(TIMESTAMP '2024-06-02 00:00:00')
SELECT TIME '10:00:00' + INTERVAL '15' HOUR, TIMESTAMP '2024-03-31 00:30:00' + INTERVAL '1' MONTH, INTERVAL '1' DAY * 2 + TIMESTAMP '2024-01-01 00:00:00', DATE '2024-01-01' + INTERVAL '1' WEEK, DATE '2024-01-31' + INTERVAL '1' QUARTER
SELECT X'00FF', from_hex('00ff'), octet_length('ü€'), CAST('ab' AS VARBINARY)
SELECT CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS UUID) AS u
refused|SELECT CAST(1.5 AS VARCHAR), CAST(CAST(1.5 AS DOUBLE) AS VARCHAR)
SELECT count(*) AS n, avg(id) AS a FROM sales WHERE id IN (SELECT max(id) FROM sales GROUP BY region)
SELECT region FROM sales GROUP BY region HAVING sum(qty) > 5000 ORDER BY 1
SELECT sum(price * qty) AS s, sum(price) / count(*) AS a, avg(price * 1.1) AS b, sum(price / 3) AS c FROM sales
SELECT trim('  x '), trim('x' FROM 'xxaxx'), ltrim('xxa', 'x'), rtrim('axx', 'x'), trim(LEADING 'x' FROM 'xa'), upper('straße'), lower('ÀÉ')
SELECT 'Z' < 'a', 'ä' > 'z', 'a' < 'aa', '' < 'a', upper('i'), reverse('aé')
SELECT lag(region) OVER (ORDER BY id) FROM sales WHERE id < 3
SELECT min(region), max(ts), min(price), max(status) FROM sales
SELECT count(*) FROM sales WHERE NOT (region LIKE 'e%' OR region IS NULL) AND status <> 'paid'
SELECT round(avg(qty), 2), round(sum(price) * 1.0, 1) FROM sales
refused|SELECT mode(region) FROM sales
SELECT region, string_agg(DISTINCT status, '/' ORDER BY status DESC) AS l FROM sales GROUP BY region ORDER BY region
SELECT row_number() OVER () AS r FROM (VALUES (1), (2)) AS t(a)
SELECT * EXCLUDE (nope) FROM sales
SELECT z.* FROM sales s
SELECT bit_or(qty), bit_xor(qty), bit_and(qty + 1) FROM sales WHERE id < 5
SELECT approx_distinct(region) FROM sales
SELECT ln(2.5), log(2, 8), cbrt(27), radians(180), degrees(1), sinh(1), exp(1), sqrt(2)
SELECT to_unixtime(CAST('2024-06-01T10:00:00Z' AS TIMESTAMP WITH TIME ZONE))
SELECT EXISTS (SELECT 1 FROM customers WHERE customer_id = 3), (SELECT count(*) FROM customers), 3 = ANY (SELECT customer_id FROM customers), 5 > ALL (SELECT customer_id FROM customers)
SELECT MAP(ARRAY['a','b'], ARRAY[1,2])['zz'], cardinality(map_keys(MAP(ARRAY['a'], ARRAY[1])))
SELECT count(DISTINCT a), sum(DISTINCT a), avg(DISTINCT a), array_agg(DISTINCT a ORDER BY a) FROM (VALUES (NULL), (2), (2), (3)) AS t(a)
SELECT date_diff('week', DATE '2024-06-04', DATE '2024-06-10'), date_diff('week', DATE '2024-06-11', DATE '2024-06-04'), date_diff('week', TIMESTAMP '2024-06-02 23:00:00', TIMESTAMP '2024-06-09 22:00:00')
SELECT max(x), min(x), greatest(1e0, CAST('nan' AS DOUBLE)), array_max(ARRAY[1e0, CAST('nan' AS DOUBLE)]), array_min(ARRAY[1e0, CAST('nan' AS DOUBLE)]), sum(x), count(*) FILTER (WHERE x > 2), count(*) FILTER (WHERE x >= 2e0), count(*) FILTER (WHERE x < 2), count(*) FILTER (WHERE 2 <= x), max(x) FILTER (WHERE x < 9) FROM (VALUES (CAST('nan' AS DOUBLE)), (1e0), (3e0), (NULL)) AS t(x)
SELECT a.x, b.x, a.x > b.x, a.x >= b.x, a.x < b.x, a.x <= b.x FROM (VALUES (CAST('nan' AS DOUBLE)), (1e0), (NULL)) AS a(x), (VALUES (CAST('nan' AS DOUBLE)), (1e0), (NULL)) AS b(x) ORDER BY 1, 2
SELECT x, count(*) FROM (VALUES (CAST('nan' AS DOUBLE)), (CAST('nan' AS DOUBLE)), (1e0)) AS t(x) GROUP BY x ORDER BY x DESC
SELECT CAST(' 1.5 ' AS DECIMAL(5,2)), CAST('2024-06-01T10:00:00.5+02:00' AS TIMESTAMP WITH TIME ZONE)
(SELECT id FROM sales ORDER BY id DESC LIMIT 2) UNION ALL (SELECT id FROM sales ORDER BY id LIMIT 1) ORDER BY id
SELECT * FROM ((SELECT 1 AS a) UNION (SELECT 2)) t ORDER BY a
WITH a AS (SELECT 1 AS x), b AS (SELECT * FROM a UNION ALL SELECT 2) SELECT count(*), sum(x) FROM b
WITH a(x, y) AS (VALUES (1, 'p'), (2, 'q')) SELECT y, x FROM a WHERE x > (SELECT min(x) FROM a)
WITH RECURSIVE f(n, t) AS (SELECT 1, 'a' UNION ALL SELECT n + 1, t || 'b' FROM f WHERE n < 4) SELECT * FROM f ORDER BY n
SELECT region, (SELECT count(*) FROM customers c WHERE c.customer_id = s.customer_id) AS n FROM sales s WHERE id < 3 ORDER BY id
SELECT s.id FROM sales s WHERE s.price = (SELECT max(price) FROM sales x WHERE x.region = s.region) ORDER BY 1 LIMIT 5
SELECT id FROM sales s WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.customer_id = s.id) ORDER BY id LIMIT 3
SELECT a.id, b.id FROM sales a JOIN sales b ON a.id + 1 = b.id WHERE a.id < 3 ORDER BY a.id
SELECT t.id, t.id_1 FROM (SELECT a.id, b.id FROM sales a JOIN sales b ON a.id + 1 = b.id WHERE a.id < 3) t ORDER BY 1
SELECT region AS r, status AS s, count(*) FROM sales GROUP BY GROUPING SETS ((r, s), (r), ()) ORDER BY r, s
SELECT region AS r, count(*) AS n FROM sales GROUP BY 1 HAVING n > 100 ORDER BY n DESC, r
SELECT year(ts) AS y, sum(price) AS p FROM sales GROUP BY y ORDER BY y
SELECT upper(region) AS region, count(*) FROM sales GROUP BY region ORDER BY region
SELECT qty * 2 AS d, d + 1 AS e FROM sales WHERE id = 3
SELECT -qty AS qty FROM sales WHERE id < 4 ORDER BY qty
SELECT region FROM sales WHERE id < 8 ORDER BY price DESC, id LIMIT 3
SELECT DISTINCT status, region FROM sales ORDER BY region, status LIMIT 3
SELECT count(DISTINCT region), count(DISTINCT status) FILTER (WHERE qty > 10) FROM sales
SELECT sum(CASE WHEN status = 'paid' THEN price END) AS p, sum(qty) FILTER (WHERE status = 'open') AS o FROM sales
SELECT id, ntile(4) OVER (ORDER BY id) AS t, percent_rank() OVER (ORDER BY id) AS p, sum(qty) OVER (ORDER BY id) AS s, avg(qty) OVER (PARTITION BY region) AS a FROM sales WHERE id < 12 ORDER BY id
SELECT region, sum(sum(price)) OVER (ORDER BY region) AS running FROM sales GROUP BY region ORDER BY region
SELECT max(id) - min(id) AS d, count(*) * 1.0 / 3 AS r, sum(qty) / count(*) AS a FROM sales
SELECT ts + INTERVAL '90' MINUTE AS a, ts - INTERVAL '1' YEAR AS b, CAST(ts AS DATE) - DATE '2024-01-01' AS c FROM sales WHERE id = 100
SELECT date_trunc('day', ts) AS d, count(*) FROM sales WHERE ts >= DATE '2024-01-05' AND ts < DATE '2024-01-05' + INTERVAL '2' DAY GROUP BY 1 ORDER BY 1
SELECT c.country, avg(s.price) FROM sales s JOIN customers c USING (customer_id) GROUP BY c.country ORDER BY c.country
SELECT customer_id, count(*) FROM sales RIGHT JOIN customers USING (customer_id) GROUP BY customer_id ORDER BY customer_id LIMIT 3
SELECT customers.* FROM sales NATURAL JOIN customers WHERE id = 7
SELECT sales.*, country FROM sales, customers WHERE sales.customer_id = customers.customer_id AND id = 7
SELECT * EXCLUDE (ts, email) FROM sales JOIN customers USING (customer_id) WHERE id = 7
SELECT l.v FROM customers c, LATERAL (SELECT c.customer_id * 2 AS v) l WHERE c.customer_id < 3 ORDER BY 1
SELECT x, i FROM customers c CROSS JOIN UNNEST(split(c.country, '-')) WITH ORDINALITY AS u(x, i) WHERE c.customer_id = 1 ORDER BY i
SELECT a.customer_id FROM customers a LEFT JOIN UNNEST(ARRAY[1]) AS u(x) ON true WHERE a.customer_id = 1
SELECT 1 AS "A b", 2 AS "select", 3 AS "ü" ORDER BY "A b"
SELECT "ID" FROM "Sales" WHERE "Region" = 'emea' ORDER BY "id" LIMIT 1
SELECT coalesce(NULL, NULL), nullif('a', 'b'), CASE WHEN false THEN 1 END, NULL
SELECT [1, 2]
SELECT ARRAY[]
SELECT ARRAY[1, 2] || ARRAY[3], ARRAY['a'] = ARRAY['a'], ARRAY[1, NULL]
SELECT array_agg(region ORDER BY id DESC)[1], cardinality(array_agg(DISTINCT region)) FROM sales
SELECT transform(array_agg(qty ORDER BY id), x -> x * 10) FROM sales WHERE id < 4
SELECT filter(split('a,b,,c', ','), x -> x <> ''), any_match(split('a,b', ','), x -> x = 'b')
SELECT map_keys(MAP(ARRAY[1, 2], ARRAY['x', 'y'])), MAP(ARRAY[1], ARRAY['x'])[1], MAP(ARRAY[1], ARRAY[NULL])
SELECT count(*) FROM sales WHERE (region, status) IN (('emea', 'paid'), ('apac', 'open'))
SELECT count(*) FROM sales WHERE region IN (SELECT region FROM sales WHERE qty IS NULL) OR qty NOT IN (1, 2)
SELECT sum(price) FROM sales WHERE id BETWEEN 10 AND 20 AND price NOT BETWEEN 0.2 AND 0.9
SELECT price, price * 0.19, price / 7, round(price / 7, 2), CAST(price AS DOUBLE) * 3, price % 0.05, -price, price + 1, 1 - price FROM sales WHERE id = 77
SELECT CAST(price AS INTEGER), CAST(price AS DECIMAL(5,1)), CAST(qty AS VARCHAR) || '!', CAST(id AS DOUBLE) FROM sales WHERE id IN (50, 75, 7) ORDER BY id
SELECT min(ts), max(ts), date_diff('day', min(ts), max(ts)), max(ts) - min(ts) > INTERVAL '10' DAY FROM sales
SELECT 'a' LIKE '_', 'a_b' LIKE 'a!_b' ESCAPE '!', NULL LIKE 'a', 'A' ILIKE 'a', 'abc' NOT ILIKE '%B%'
SELECT 5 / -2, -5 / 2, 5 % -3, -5 % 3, mod(5, -3), 5.5 % 2, 7 / 7.0
SELECT 1e308 * 10, -1e308 * 10, 0e0 * 1e308
SELECT CAST(9999999999 AS INTEGER)
SELECT CAST('2024-13-01' AS DATE)
SELECT TRY_CAST('2024-13-01' AS DATE), TRY_CAST('x' AS DECIMAL(3,1)), TRY_CAST('1e5' AS DOUBLE), TRY_CAST(300 AS TINYINT), TRY_CAST('maybe' AS BOOLEAN), TRY_CAST('true' AS BOOLEAN), CAST(0 AS BOOLEAN), CAST(true AS INTEGER)
SELECT lower(NULL), length(NULL), 1 + NULL, NULL || 'a', NULL = NULL, NULL IS NULL, abs(NULL)
SELECT sum(x), max(x), count(x), avg(x) FROM (VALUES (NULL), (NULL)) AS t(x)
SELECT x FROM (VALUES ('b'), ('A'), ('a'), ('ä'), (''), (NULL)) AS t(x) ORDER BY x DESC
SELECT count(*) FROM sales s1, sales s2 WHERE s1.id = s2.id + 1 AND s1.region <> s2.region
SELECT id FROM sales ORDER BY id % 7, id DESC LIMIT 4
SELECT id FROM sales WHERE id < 5 ORDER BY 0 - id
VALUES (1, DATE '2024-01-01', 'x'), (2, NULL, NULL)
SELECT col0, col1 FROM (VALUES (1, 'x')) t
SELECT t.a FROM (SELECT 1 AS a, 2 AS a) t
SELECT sum(a) AS s, b FROM (VALUES (1, 'x'), (2, 'y')) AS t(a, b) GROUP BY ALL ORDER BY ALL
SELECT region, status FROM sales GROUP BY CUBE (region, status) HAVING grouping(region) = 1 ORDER BY status
SELECT EXTRACT(DOW FROM ts), EXTRACT(QUARTER FROM ts), week(ts), day_of_year(ts), hour(ts), minute(ts) FROM sales WHERE id = 500
SELECT levenshtein_distance(region, status) AS l, strpos(product, '-') AS p, split_part(product, '-', 2) AS n, regexp_extract(product, '([0-9]+)', 1) AS r FROM sales WHERE id < 3 ORDER BY id
SELECT * FROM sales WHERE false
SELECT count(*) FROM sales LIMIT 0
SELECT id FROM sales ORDER BY id OFFSET 1999
SELECT sum(a) / 2, sum(a) % 2, -sum(a) / 2, sum(a) * 1.5, sum(a) / 2.0, 12345678901234567890123 / 2, -12345678901234567890123 / 10, greatest(sum(a), 1.5), round(sum(a)), abs(sum(a)), count_if(a > 1) / 2 FROM (VALUES (7), (4)) AS t(a)
SELECT sum(a) / 0 FROM (VALUES (7)) AS t(a)
