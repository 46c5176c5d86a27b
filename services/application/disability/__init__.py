"""What an applicant lets one employer know of a disability: by consent for each application, until taken back."""
