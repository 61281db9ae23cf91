# Gestione servizi.

services-title = Gestione servizi
