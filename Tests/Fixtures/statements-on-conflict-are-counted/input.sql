SET client_encoding = 'UTF8';
CREATE TABLE public.b (id integer PRIMARY KEY, a integer);
INSERT INTO public.b VALUES (1, 7) ON CONFLICT DO NOTHING;
INSERT INTO public.b (id, a) VALUES (1, 8), (2, 9) ON CONFLICT (id) DO UPDATE SET a = EXCLUDED.a WHERE b.a < 3;
INSERT INTO public.b (id, a) VALUES (3, 1) ON CONFLICT ON CONSTRAINT b_pkey DO NOTHING RETURNING id;
