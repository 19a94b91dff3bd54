SET client_encoding = 'UTF8';
CREATE TABLE public.k (a integer);
CREATE TABLE public.l (a integer);
COPY public.k FROM '/tmp/a.csv' CSV;
COPY public.k FROM PROGRAM 'cat a';
COPY public.k (a) FROM '/tmp/b.csv' WITH (FORMAT csv);
\copy public.l from 'x.csv' csv
\i more.sql
INSERT INTO public.l VALUES (1);
UPDATE public.l SET a = 2;
DELETE FROM ONLY public.l WHERE a = 7;
DO $$ BEGIN UPDATE public.l SET a = 3; END $$;
CALL p();
SELECT a INTO public.m FROM public.l;
