/* {"family": "navigation"} */
open('https://out.example/open', '_blank', 'noopener');
