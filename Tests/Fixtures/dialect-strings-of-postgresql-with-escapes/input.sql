INSERT INTO public.t VALUES (1, E'a\\b\n');
INSERT INTO public.t VALUES (2, 'C:\new');
