--
-- PostgreSQL database dump
--

SET client_encoding = 'LATIN1';
SET client_encoding = 'LATIN1';
CREATE TABLE public.a (a text);
COPY public.a (a) FROM stdin;
éè
\.
SET client_encoding = 'UTF8';
CREATE TABLE public.b (a text);
COPY public.b (a) FROM stdin;
Ã©ä¸­
\.
SET client_encoding = 'EUC_JP';
CREATE TABLE public.c (a text);
COPY public.c (a) FROM stdin;
ÆüËÜ
\.
SET client_encoding = 'UTF8';
CREATE TABLE public.d (a text);
COPY public.d (a) FROM stdin;
æ—¥Ã©
\.

--
-- PostgreSQL database dump complete
--

