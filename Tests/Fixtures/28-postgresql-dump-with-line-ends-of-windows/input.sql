--
-- PostgreSQL database dump
--

CREATE TABLE public.t (a text, b text);
COPY public.t (a, b) FROM stdin;
x	y\r
z	\N
\.
CREATE TABLE public.u (a text);
COPY public.u (a) FROM stdin;
1
\.

--
-- PostgreSQL database dump complete
--

