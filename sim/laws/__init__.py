"""Laws: which way each lever and each cause pulls, tried on organizations, on draws of behaviour and on broken models."""
