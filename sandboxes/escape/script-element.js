/* {"family": "scripts"} */
document.body.append(Object.assign(document.createElement('script'), { src: 'https://out.example/script.js' }));
