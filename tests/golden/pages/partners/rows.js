window.playbookDirectory = {
"columns": [
"Partner",
"Status",
"Type",
"Function",
"Mode",
"Department",
"Owner",
"Region",
"Tier",
"Findings"
],
"filters": [
{"name":"function","label":"Function","values":[{"value":"build","name":"Build","page":"../functions/build.md","style":"pb-function"},{"value":"reach","name":"Reach","page":"../functions/reach.md","style":"pb-function"}]},
{"name":"type","label":"Type","values":[{"value":"inventor","name":"Inventor","page":"../types/inventor.md"},{"value":"joiner","name":"Joiner","page":"../types/joiner.md"},{"value":"shop","name":"Shop","page":"../types/shop.md"},{"value":"fair","name":"Trade Fair","page":"../types/fair.md"}]},
{"name":"mode","label":"Mode","values":[{"value":"pact","name":"Pact","page":"../modes/pact.md","style":"pb-mode"}]},
{"name":"department","label":"Department","values":[{"value":"market","name":"Market","page":"../departments/market.md"},{"value":"workshop","name":"Workshop","page":"../departments/workshop.md"}]},
{"name":"owner","label":"Owner","values":[{"value":"ann","name":"Ann Archer","page":"../people/ann.md"},{"value":"bo","name":"Bo Baker","page":"../people/bo.md"},{"value":"cy","name":"Cy Carver","note":" (has left)","page":"../people/cy.md"},{"value":"-","name":"nobody"}]},
{"name":"region","label":"Region","values":[{"value":"North","name":"North"},{"value":"-","name":"not recorded"}]},
{"name":"status","label":"Status","values":[{"value":"active","name":"active","style":"chip chip--active"},{"value":"onboarding","name":"onboarding","style":"chip chip--onboarding"},{"value":"ended","name":"ended","style":"chip chip--ended"}]},
{"name":"finding","label":"Findings","values":[{"value":"agreement-expired","name":"An agreement has expired","mends":true},{"value":"mode-unjustified","name":"Another mode than expected, and no reason","mends":true},{"value":"rule-gold-cover","name":"Gold partners <are> looked after"},{"value":"no-objective","name":"No objective is recorded"},{"value":"no-offer","name":"No offer is recorded"},{"value":"no-region","name":"No region is recorded"},{"value":"review-never","name":"No review is recorded"},{"value":"unowned","name":"Nobody owns the relationship","mends":true},{"value":"sponsor-missing","name":"The mode needs a sponsor"},{"value":"owner-gone","name":"The owner has left","mends":true},{"value":"-","name":"none"}]},
{"name":"tier","label":"Tier","values":[{"value":"Gold","name":"Gold"},{"value":"-","name":"not recorded"}]},
{"name":"segment","label":"Segment","values":[{"value":"-","name":"not recorded"}]},
{"name":"industry","label":"Industry","values":[{"value":"-","name":"not recorded"}]},
{"name":"offer","label":"Offer","values":[{"value":"hinge","name":"Hinge"},{"value":"-","name":"not recorded"}]},
{"name":"objective","label":"Objective","values":[{"value":"grow","name":"Grow in the north"},{"value":"-","name":"not recorded"}]},
{"name":"certification","label":"Certification","values":[{"value":"-","name":"not recorded"}]}
],
"partners": [
{"name":"Elm Store","page":"elm-store.md"},
{"name":"Oak & Sons <Ltd>","page":"oak-and-sons.md","formerly":["old-oak"]},
{"name":"Pine Lab","page":"pine-lab.md","logo":"../logos/pine-lab.svg"},
{"name":"Ash Fair","page":"ash-fair.md"}
],
"rows": [
[0,2,1,2,0,0,3,1,1,[7,1],1,0,0,1,1,0],
[1,0,1,2,0,0,1,0,0,10,1,0,0,0,0,0],
[1,1,0,1,0,1,0,0,0,2,0,0,0,0,0,0],
[2,7,0,0,0,1,2,1,0,[3,4,5,6,8,9,0],1,0,0,1,1,0],
[3,0,1,3,0,0,1,1,2,10,1,0,0,1,1,0]
]
};
