/* {"family": "navigation"} */
open(URL.createObjectURL(new Blob(['<img src=https://out.example/blob>'], { type: 'text/html' })));
