--
-- PostgreSQL database dump
--

\restrict aBcD123

SET client_encoding = 'UTF8';
\connect shop
CREATE TABLE public.t (a integer);
COPY public.t (a) FROM stdin;
1
\.
--
-- PostgreSQL database dump complete
--

\unrestrict aBcD123

