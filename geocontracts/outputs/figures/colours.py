"""The colours of the ground and of the letters; those of the page on its light ground."""

SEA = "#d5e3eb"
FOREIGN = "#eceae6"
NEIGHBOUR = "#f1efea"
LAND = "#fbfaf7"
NEIGHBOUR_LINE = "#c9c5bc"
COMMUNE_LINE = "#dcd7cd"
EPCI_LINE = "#b9b1a4"
DEPARTEMENT_LINE = "#8a8175"
AREA_LINE = "#5b5349"
INK = "#26221c"
MUTED = "#5f594f"
WATER = "#44616f"
RULE = "#b9b1a4"
PILEUP = ("#d3e5ee", "#9fc9de", "#62a3c5", "#2c76a1", "#0d476c")
SUM = PILEUP[3]  # amounts of several families together
