/* {"family": "images"} */
const video = document.createElement('video'); video.src = 'https://out.example/media'; video.preload = 'auto'; document.body.append(video);
