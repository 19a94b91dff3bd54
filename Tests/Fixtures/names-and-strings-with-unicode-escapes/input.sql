SET standard_conforming_strings = on;
CREATE TABLE public.U&"t\00e9" (U&"d!0061ta" UESCAPE '!' integer, u&"b\0062" text, c text DEFAULT U&'\0061;');
INSERT INTO public.U&"t\00e9" VALUES (1, U&'d\0061t\+01F600', U&'d!0061!!' UESCAPE '!'), (2, u&'a''b\\', U&'\D83D\DE00');
COPY public.U&"t\00e9" (U&"d!0061ta" UESCAPE '!', bb) FROM stdin;
3	x
\.
