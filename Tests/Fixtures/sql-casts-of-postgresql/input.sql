SET standard_conforming_strings = on;
CREATE TABLE public.t (
    a text,
    b character(4),
    c character varying(3),
    d numeric(6,2),
    e integer
);
INSERT INTO public.t VALUES ('x '::char(1), 'x', 'abcd'::varchar(3), '1.555'::numeric(5,2), 2.5::int);
INSERT INTO public.t VALUES ('x '::bpchar, 'xy '::text, 'ab  '::text, 1.6::numeric, '007'::integer);
INSERT INTO public.t VALUES ('abc '::text, 'abcdef'::char(4), 'x '::character(2), '-0.005'::numeric(4,2), -1.5::int);
INSERT INTO public.t VALUES ('é€x'::varchar(2), 'é', NULL::varchar, 5::bigint, '1'::text::int);
INSERT INTO public.t VALUES (true::text, 'abcd   ', $$q $$::char(1), .5::numeric, 9::smallint);
