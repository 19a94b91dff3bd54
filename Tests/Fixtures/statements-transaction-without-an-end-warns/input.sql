SET client_encoding = 'UTF8';
CREATE TABLE public.k (a integer);
BEGIN;
INSERT INTO public.k VALUES (1);
