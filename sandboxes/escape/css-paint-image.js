/* {"family": "images"} */
document.body.style.background = 'url(https://out.example/inline)';
