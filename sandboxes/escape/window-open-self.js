/* {"family": "navigation"} */
open('https://out.example/open', '_self');
