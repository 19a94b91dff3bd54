SET client_encoding = 'UTF8';
CREATE TABLE public.t (n text);
SELECT pg_catalog.set_config('search_path', '', false);
INSERT INTO t VALUES ('x');
