"""Stage 3: where the records are: written places, codes, communes, geometry."""
