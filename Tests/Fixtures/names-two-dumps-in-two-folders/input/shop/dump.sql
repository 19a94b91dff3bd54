SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.users (id integer, name text);
CREATE TABLE public.a (id integer);
COPY public.users (id, name) FROM stdin;
1	of 1
\.
INSERT INTO public.a VALUES ('1');
