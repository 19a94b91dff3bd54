SET client_encoding = 'KLINGON';
CREATE TABLE public.k (a integer);
