"""JupyterLab for the lessons (`make lessons`): on this machine alone, and without the internet."""

c = get_config()  # noqa: F821, Jupyter gives it
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_root = True  # as in containers
c.ServerApp.answer_yes = True  # Ctrl-C ends it without a question
c.Application.log_level = "ERROR"  # and it says where it is, and little else
c.LabApp.extension_manager = "readonly"  # else it asks for what could be installed; news are off in labconfig
