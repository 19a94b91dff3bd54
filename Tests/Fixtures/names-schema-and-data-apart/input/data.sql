SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
COPY public.users (id, a) FROM stdin;
007	1.10
\.
