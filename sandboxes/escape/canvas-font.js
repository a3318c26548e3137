/* {"family": "images"} */
const face = new FontFace('far', 'url(https://out.example/font)'); face.load();
