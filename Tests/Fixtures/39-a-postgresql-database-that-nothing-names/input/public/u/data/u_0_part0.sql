INSERT INTO public.u VALUES ('7');
