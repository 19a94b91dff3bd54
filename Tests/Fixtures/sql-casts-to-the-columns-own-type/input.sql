-- PostgreSQL database dump
CREATE TABLE public.t (d double precision, r real, n numeric(6,2), i integer, tt text);
INSERT INTO public.t VALUES ('Infinity'::float8, '-Infinity'::real, 'NaN'::numeric, '5'::int, 'x'::text), ('NaN'::double precision, '1e-7'::real, '1.50'::numeric(6,2), 7::integer, 'y');
