/* {"family": "navigation"} */
open('https://out.example/open');
