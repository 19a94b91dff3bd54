SET client_encoding = 'UTF8';
CREATE TABLE public.t (n integer);
INSERT INTO t VALUES (1);
CREATE TEMP TABLE t (n integer);
INSERT INTO t VALUES (2), (3);
INSERT INTO public.t VALUES (4);
