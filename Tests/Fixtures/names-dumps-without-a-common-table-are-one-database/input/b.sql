SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.users (id integer, name text);
CREATE TABLE public.b (id integer);
COPY public.users (id, name) FROM stdin;
2	of 2
\.
INSERT INTO public.b VALUES ('2');
