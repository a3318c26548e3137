/* {"family": "devices"} */
navigator.geolocation.getCurrentPosition(() => {});
