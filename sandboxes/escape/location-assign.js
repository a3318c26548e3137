/* {"family": "navigation"} */
location.assign('https://out.example/location');
