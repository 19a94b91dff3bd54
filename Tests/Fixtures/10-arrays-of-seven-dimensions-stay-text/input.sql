SET client_encoding = 'UTF8';
CREATE TABLE public.t (
    id integer,
    a integer[]
);
COPY public.t (id, a) FROM stdin;
1	{{{{{{1}}}}}}
2	{{{{{{{1}}}}}}}
\.
