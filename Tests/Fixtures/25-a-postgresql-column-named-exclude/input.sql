--
-- PostgreSQL database dump
--

CREATE TABLE public.cfg (
    id integer,
    exclude jsonb,
    n integer,
    EXCLUDE USING gist (id WITH =)
);
COPY public.cfg (id, exclude, n) FROM stdin;
1	["b"]	2
\.

--
-- PostgreSQL database dump complete
--

