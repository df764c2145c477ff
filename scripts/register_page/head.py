"""How to read the page: its first lines."""

HEAD = """\
# Le registre, dispositif par dispositif

<!-- Écrit par scripts/build_register_page.py d’après les tables de data/ : ne pas modifier à la main. -->

Cette page dit, pour chaque dispositif du registre livré avec geocontracts, ce que les documents en
disent : quels accords, quelles missions, quelles opérations, où, quand, pour quels montants, et surtout
ce qu’ils ne disent pas.

- **Fondement** du périmètre : *énoncé*, le document nomme le territoire ; *déduit*, il a fallu
  l’interpréter, et la remarque dit comment ; *inconnu*, le document ne donne qu’un nombre ou qu’un nom
  (un parc, une rivière) sans dire les communes, et rien n’est dessiné comme si on les connaissait.
- **État** : celui que donne le document à sa date. Ce que le document de 2019 annonce a pu se faire
  depuis : il reste « prévu » ici. Quand le document se borne à citer un accord ou une opération qu’il dit
  soutenue, l’état est par défaut « en vigueur » ou « en cours ».
- **Montants** : en euros, tels qu’énoncés ; « près de » et « plus de » sont dans les détails. Un tiret veut
  dire inconnu, jamais zéro. « Sans payeur nommé » : le document ne dit pas qui paie. « Compté dans » dit où
  un montant est additionné pour ne pas l’être deux fois ; si le document l’affirme ou si c’est seulement
  probable, les détails le disent.
- **Contrats** : le mot couvre ici les contrats, pactes, conventions et chartes, mais aussi des labels et un
  zonage (Territoires d’industrie, Petites villes de demain, BUD). Une ligne peut réunir des accords que le
  document compte sans les nommer.
- Les communes sont celles du code officiel géographique de 2026.
"""
