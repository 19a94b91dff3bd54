-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (a bit(5), b bit varying(8));
INSERT INTO public.t VALUES (B'10101', B'0011');
INSERT INTO public.t VALUES (B'00000', NULL);
-- PostgreSQL database dump complete
