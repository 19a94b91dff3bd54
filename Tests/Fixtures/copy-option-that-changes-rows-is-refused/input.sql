SET client_encoding = 'UTF8';
CREATE TABLE public.k (a text);
COPY public.k FROM stdin WHERE a > 'b';
x
\.
