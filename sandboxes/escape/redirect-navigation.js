/* {"family": "redirects", "redirect": "https://out.example/navigation"} */
location.assign('/redirect-navigation/redirect');
