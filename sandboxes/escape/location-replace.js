/* {"family": "navigation"} */
location.replace('https://out.example/location');
