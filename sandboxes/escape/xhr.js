/* {"family": "requests"} */
const request = new XMLHttpRequest(); request.open('GET', 'https://out.example/xhr'); request.send();
