/* {"family": "devices"} */
const video = document.createElement('video'); document.body.append(video); video.remote?.watchAvailability(() => {});
