-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (a integer, s text, d date, b bit(3));
INSERT INTO public.t (a, s, d, b) OVERRIDING SYSTEM VALUE VALUES (1, E'x\ny', '2026-01-01'::date, B'101') ON CONFLICT DO NOTHING;
INSERT INTO public.t VALUES (2, $q$it's$q$, NULL, DEFAULT);
INSERT INTO public.t VALUES (3, 'back\slash', NULL, NULL);
-- PostgreSQL database dump complete
