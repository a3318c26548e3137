/* {"family": "identity"} */
const image = new Image(); image.attributionSrc = 'https://out.example/attribution'; document.body.append(image);
