"""JupyterLab for the lessons (`make lessons`): on this machine alone, and without the internet."""

c = get_config()  # noqa: F821, Jupyter gives it
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_root = True  # as in containers
c.LabApp.extension_manager = "readonly"  # else it asks for what could be installed; news are off in labconfig
