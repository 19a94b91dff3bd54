-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (i integer[], t text[], n numeric(8,2)[], b boolean[]);
COPY public.t (i, t, n, b) FROM stdin;
{1,NULL,-3}	{a,"b c","NULL",NULL,"q\\"q",""}	{1.10,NaN}	{t,f,NULL}
{{1,2},{3,4}}	{}	\N	{}
[0:1]={7,8}	{x}	{0.00}	{t}
\.
-- PostgreSQL database dump complete
