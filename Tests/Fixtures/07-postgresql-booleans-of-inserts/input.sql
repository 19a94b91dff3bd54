CREATE TABLE public.t (id integer, b boolean);
INSERT INTO public.t VALUES (1,'0'),(2,'1'),(3,'t'),(4,'No'),(5,true),(6,FALSE),(7,' yes'::boolean),(8,NULL);
