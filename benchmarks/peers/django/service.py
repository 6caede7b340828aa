"""POST /api/v1/prompt-refinement/refine in Django REST framework, as one file: gunicorn service:application."""
import time

from django.conf import settings

settings.configure(
    DEBUG=False, SECRET_KEY="peer of a benchmark", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [], "UNAUTHENTICATED_USER": None,
                    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"], "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"]},
)

import django  # noqa: E402

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

import refinement  # noqa: E402


class ContextSerializer(serializers.Serializer):
    style = serializers.CharField(max_length=60, required=False, allow_null=True)


class RefineSerializer(serializers.Serializer):
    prompt = serializers.CharField(max_length=refinement.MAX_LENGTH)
    context = ContextSerializer(required=False, allow_null=True)
    method = serializers.ChoiceField(choices=["auto", "rule_based", "llm"], required=False, allow_null=True)


class RefineView(APIView):
    def post(self, request):
        serializer = RefineSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        start = time.perf_counter()
        context = serializer.validated_data.get("context") or {}
        answer = refinement.refine(serializer.validated_data["prompt"], context.get("style"))
        answer["processing_time"] = round(time.perf_counter() - start, 6)
        return Response(answer)


urlpatterns = [path("api/v1/prompt-refinement/refine", RefineView.as_view())]
application = get_wsgi_application()
