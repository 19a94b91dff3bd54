SET client_encoding = 'UTF8';
CREATE TABLE public.k (a integer, b text, c text);
ALTER TABLE ONLY public.k ADD COLUMN d bytea, ALTER COLUMN b TYPE jsonb USING b::jsonb, DROP COLUMN IF EXISTS c, ADD CONSTRAINT x CHECK (a > 0);
ALTER TABLE public.k RENAME a TO id;
ALTER TABLE public.k SET SCHEMA s;
COPY s.k (id, b, d) FROM stdin;
1	{"x": 1}	\\x00
\.
