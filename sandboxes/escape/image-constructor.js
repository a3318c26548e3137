/* {"family": "images"} */
new Image().src = 'https://out.example/image';
