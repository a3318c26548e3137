/* {"family": "images"} */
const image = new Image(); image.src = 'https://out.example/image'; image.decode();
