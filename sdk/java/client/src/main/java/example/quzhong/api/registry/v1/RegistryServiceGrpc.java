package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
 * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
 * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
 * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
 * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
 * What an answer says holds in every service that reads the registry from then on.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RegistryServiceGrpc {

  private RegistryServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.RegistryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPlatformRequest,
      example.quzhong.api.registry.v1.RegisterPlatformResponse> getRegisterPlatformMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterPlatform",
      requestType = example.quzhong.api.registry.v1.RegisterPlatformRequest.class,
      responseType = example.quzhong.api.registry.v1.RegisterPlatformResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPlatformRequest,
      example.quzhong.api.registry.v1.RegisterPlatformResponse> getRegisterPlatformMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPlatformRequest, example.quzhong.api.registry.v1.RegisterPlatformResponse> getRegisterPlatformMethod;
    if ((getRegisterPlatformMethod = RegistryServiceGrpc.getRegisterPlatformMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getRegisterPlatformMethod = RegistryServiceGrpc.getRegisterPlatformMethod) == null) {
          RegistryServiceGrpc.getRegisterPlatformMethod = getRegisterPlatformMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RegisterPlatformRequest, example.quzhong.api.registry.v1.RegisterPlatformResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterPlatform"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterPlatformRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterPlatformResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("RegisterPlatform"))
              .build();
        }
      }
    }
    return getRegisterPlatformMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPartnerFirmRequest,
      example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> getRegisterPartnerFirmMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterPartnerFirm",
      requestType = example.quzhong.api.registry.v1.RegisterPartnerFirmRequest.class,
      responseType = example.quzhong.api.registry.v1.RegisterPartnerFirmResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPartnerFirmRequest,
      example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> getRegisterPartnerFirmMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterPartnerFirmRequest, example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> getRegisterPartnerFirmMethod;
    if ((getRegisterPartnerFirmMethod = RegistryServiceGrpc.getRegisterPartnerFirmMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getRegisterPartnerFirmMethod = RegistryServiceGrpc.getRegisterPartnerFirmMethod) == null) {
          RegistryServiceGrpc.getRegisterPartnerFirmMethod = getRegisterPartnerFirmMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RegisterPartnerFirmRequest, example.quzhong.api.registry.v1.RegisterPartnerFirmResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterPartnerFirm"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterPartnerFirmRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterPartnerFirmResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("RegisterPartnerFirm"))
              .build();
        }
      }
    }
    return getRegisterPartnerFirmMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterSupervisorRequest,
      example.quzhong.api.registry.v1.RegisterSupervisorResponse> getRegisterSupervisorMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterSupervisor",
      requestType = example.quzhong.api.registry.v1.RegisterSupervisorRequest.class,
      responseType = example.quzhong.api.registry.v1.RegisterSupervisorResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterSupervisorRequest,
      example.quzhong.api.registry.v1.RegisterSupervisorResponse> getRegisterSupervisorMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterSupervisorRequest, example.quzhong.api.registry.v1.RegisterSupervisorResponse> getRegisterSupervisorMethod;
    if ((getRegisterSupervisorMethod = RegistryServiceGrpc.getRegisterSupervisorMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getRegisterSupervisorMethod = RegistryServiceGrpc.getRegisterSupervisorMethod) == null) {
          RegistryServiceGrpc.getRegisterSupervisorMethod = getRegisterSupervisorMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RegisterSupervisorRequest, example.quzhong.api.registry.v1.RegisterSupervisorResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterSupervisor"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterSupervisorRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterSupervisorResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("RegisterSupervisor"))
              .build();
        }
      }
    }
    return getRegisterSupervisorMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendPartyRequest,
      example.quzhong.api.registry.v1.AmendPartyResponse> getAmendPartyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AmendParty",
      requestType = example.quzhong.api.registry.v1.AmendPartyRequest.class,
      responseType = example.quzhong.api.registry.v1.AmendPartyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendPartyRequest,
      example.quzhong.api.registry.v1.AmendPartyResponse> getAmendPartyMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AmendPartyRequest, example.quzhong.api.registry.v1.AmendPartyResponse> getAmendPartyMethod;
    if ((getAmendPartyMethod = RegistryServiceGrpc.getAmendPartyMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getAmendPartyMethod = RegistryServiceGrpc.getAmendPartyMethod) == null) {
          RegistryServiceGrpc.getAmendPartyMethod = getAmendPartyMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.AmendPartyRequest, example.quzhong.api.registry.v1.AmendPartyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AmendParty"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AmendPartyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AmendPartyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("AmendParty"))
              .build();
        }
      }
    }
    return getAmendPartyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPartyRequest,
      example.quzhong.api.registry.v1.GetPartyResponse> getGetPartyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetParty",
      requestType = example.quzhong.api.registry.v1.GetPartyRequest.class,
      responseType = example.quzhong.api.registry.v1.GetPartyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPartyRequest,
      example.quzhong.api.registry.v1.GetPartyResponse> getGetPartyMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetPartyRequest, example.quzhong.api.registry.v1.GetPartyResponse> getGetPartyMethod;
    if ((getGetPartyMethod = RegistryServiceGrpc.getGetPartyMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getGetPartyMethod = RegistryServiceGrpc.getGetPartyMethod) == null) {
          RegistryServiceGrpc.getGetPartyMethod = getGetPartyMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.GetPartyRequest, example.quzhong.api.registry.v1.GetPartyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetParty"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetPartyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetPartyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("GetParty"))
              .build();
        }
      }
    }
    return getGetPartyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartyVersionsRequest,
      example.quzhong.api.registry.v1.ListPartyVersionsResponse> getListPartyVersionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPartyVersions",
      requestType = example.quzhong.api.registry.v1.ListPartyVersionsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListPartyVersionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartyVersionsRequest,
      example.quzhong.api.registry.v1.ListPartyVersionsResponse> getListPartyVersionsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartyVersionsRequest, example.quzhong.api.registry.v1.ListPartyVersionsResponse> getListPartyVersionsMethod;
    if ((getListPartyVersionsMethod = RegistryServiceGrpc.getListPartyVersionsMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListPartyVersionsMethod = RegistryServiceGrpc.getListPartyVersionsMethod) == null) {
          RegistryServiceGrpc.getListPartyVersionsMethod = getListPartyVersionsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListPartyVersionsRequest, example.quzhong.api.registry.v1.ListPartyVersionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPartyVersions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListPartyVersionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListPartyVersionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListPartyVersions"))
              .build();
        }
      }
    }
    return getListPartyVersionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListResponsibilitiesRequest,
      example.quzhong.api.registry.v1.ListResponsibilitiesResponse> getListResponsibilitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListResponsibilities",
      requestType = example.quzhong.api.registry.v1.ListResponsibilitiesRequest.class,
      responseType = example.quzhong.api.registry.v1.ListResponsibilitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListResponsibilitiesRequest,
      example.quzhong.api.registry.v1.ListResponsibilitiesResponse> getListResponsibilitiesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListResponsibilitiesRequest, example.quzhong.api.registry.v1.ListResponsibilitiesResponse> getListResponsibilitiesMethod;
    if ((getListResponsibilitiesMethod = RegistryServiceGrpc.getListResponsibilitiesMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListResponsibilitiesMethod = RegistryServiceGrpc.getListResponsibilitiesMethod) == null) {
          RegistryServiceGrpc.getListResponsibilitiesMethod = getListResponsibilitiesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListResponsibilitiesRequest, example.quzhong.api.registry.v1.ListResponsibilitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListResponsibilities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListResponsibilitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListResponsibilitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListResponsibilities"))
              .build();
        }
      }
    }
    return getListResponsibilitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueCredentialRequest,
      example.quzhong.api.registry.v1.IssueCredentialResponse> getIssueCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "IssueCredential",
      requestType = example.quzhong.api.registry.v1.IssueCredentialRequest.class,
      responseType = example.quzhong.api.registry.v1.IssueCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueCredentialRequest,
      example.quzhong.api.registry.v1.IssueCredentialResponse> getIssueCredentialMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.IssueCredentialRequest, example.quzhong.api.registry.v1.IssueCredentialResponse> getIssueCredentialMethod;
    if ((getIssueCredentialMethod = RegistryServiceGrpc.getIssueCredentialMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getIssueCredentialMethod = RegistryServiceGrpc.getIssueCredentialMethod) == null) {
          RegistryServiceGrpc.getIssueCredentialMethod = getIssueCredentialMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.IssueCredentialRequest, example.quzhong.api.registry.v1.IssueCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "IssueCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.IssueCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.IssueCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("IssueCredential"))
              .build();
        }
      }
    }
    return getIssueCredentialMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterClientKeyRequest,
      example.quzhong.api.registry.v1.RegisterClientKeyResponse> getRegisterClientKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterClientKey",
      requestType = example.quzhong.api.registry.v1.RegisterClientKeyRequest.class,
      responseType = example.quzhong.api.registry.v1.RegisterClientKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterClientKeyRequest,
      example.quzhong.api.registry.v1.RegisterClientKeyResponse> getRegisterClientKeyMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RegisterClientKeyRequest, example.quzhong.api.registry.v1.RegisterClientKeyResponse> getRegisterClientKeyMethod;
    if ((getRegisterClientKeyMethod = RegistryServiceGrpc.getRegisterClientKeyMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getRegisterClientKeyMethod = RegistryServiceGrpc.getRegisterClientKeyMethod) == null) {
          RegistryServiceGrpc.getRegisterClientKeyMethod = getRegisterClientKeyMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RegisterClientKeyRequest, example.quzhong.api.registry.v1.RegisterClientKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterClientKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterClientKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RegisterClientKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("RegisterClientKey"))
              .build();
        }
      }
    }
    return getRegisterClientKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RevokeCredentialRequest,
      example.quzhong.api.registry.v1.RevokeCredentialResponse> getRevokeCredentialMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RevokeCredential",
      requestType = example.quzhong.api.registry.v1.RevokeCredentialRequest.class,
      responseType = example.quzhong.api.registry.v1.RevokeCredentialResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RevokeCredentialRequest,
      example.quzhong.api.registry.v1.RevokeCredentialResponse> getRevokeCredentialMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.RevokeCredentialRequest, example.quzhong.api.registry.v1.RevokeCredentialResponse> getRevokeCredentialMethod;
    if ((getRevokeCredentialMethod = RegistryServiceGrpc.getRevokeCredentialMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getRevokeCredentialMethod = RegistryServiceGrpc.getRevokeCredentialMethod) == null) {
          RegistryServiceGrpc.getRevokeCredentialMethod = getRevokeCredentialMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.RevokeCredentialRequest, example.quzhong.api.registry.v1.RevokeCredentialResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RevokeCredential"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RevokeCredentialRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.RevokeCredentialResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("RevokeCredential"))
              .build();
        }
      }
    }
    return getRevokeCredentialMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListCredentialsRequest,
      example.quzhong.api.registry.v1.ListCredentialsResponse> getListCredentialsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListCredentials",
      requestType = example.quzhong.api.registry.v1.ListCredentialsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListCredentialsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListCredentialsRequest,
      example.quzhong.api.registry.v1.ListCredentialsResponse> getListCredentialsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListCredentialsRequest, example.quzhong.api.registry.v1.ListCredentialsResponse> getListCredentialsMethod;
    if ((getListCredentialsMethod = RegistryServiceGrpc.getListCredentialsMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListCredentialsMethod = RegistryServiceGrpc.getListCredentialsMethod) == null) {
          RegistryServiceGrpc.getListCredentialsMethod = getListCredentialsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListCredentialsRequest, example.quzhong.api.registry.v1.ListCredentialsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListCredentials"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListCredentialsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListCredentialsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListCredentials"))
              .build();
        }
      }
    }
    return getListCredentialsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartiesRequest,
      example.quzhong.api.registry.v1.ListPartiesResponse> getListPartiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListParties",
      requestType = example.quzhong.api.registry.v1.ListPartiesRequest.class,
      responseType = example.quzhong.api.registry.v1.ListPartiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartiesRequest,
      example.quzhong.api.registry.v1.ListPartiesResponse> getListPartiesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListPartiesRequest, example.quzhong.api.registry.v1.ListPartiesResponse> getListPartiesMethod;
    if ((getListPartiesMethod = RegistryServiceGrpc.getListPartiesMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListPartiesMethod = RegistryServiceGrpc.getListPartiesMethod) == null) {
          RegistryServiceGrpc.getListPartiesMethod = getListPartiesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListPartiesRequest, example.quzhong.api.registry.v1.ListPartiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListParties"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListPartiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListPartiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListParties"))
              .build();
        }
      }
    }
    return getListPartiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareThresholdRequest,
      example.quzhong.api.registry.v1.DeclareThresholdResponse> getDeclareThresholdMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeclareThreshold",
      requestType = example.quzhong.api.registry.v1.DeclareThresholdRequest.class,
      responseType = example.quzhong.api.registry.v1.DeclareThresholdResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareThresholdRequest,
      example.quzhong.api.registry.v1.DeclareThresholdResponse> getDeclareThresholdMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareThresholdRequest, example.quzhong.api.registry.v1.DeclareThresholdResponse> getDeclareThresholdMethod;
    if ((getDeclareThresholdMethod = RegistryServiceGrpc.getDeclareThresholdMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getDeclareThresholdMethod = RegistryServiceGrpc.getDeclareThresholdMethod) == null) {
          RegistryServiceGrpc.getDeclareThresholdMethod = getDeclareThresholdMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.DeclareThresholdRequest, example.quzhong.api.registry.v1.DeclareThresholdResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeclareThreshold"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DeclareThresholdRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DeclareThresholdResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("DeclareThreshold"))
              .build();
        }
      }
    }
    return getDeclareThresholdMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListThresholdsRequest,
      example.quzhong.api.registry.v1.ListThresholdsResponse> getListThresholdsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListThresholds",
      requestType = example.quzhong.api.registry.v1.ListThresholdsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListThresholdsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListThresholdsRequest,
      example.quzhong.api.registry.v1.ListThresholdsResponse> getListThresholdsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListThresholdsRequest, example.quzhong.api.registry.v1.ListThresholdsResponse> getListThresholdsMethod;
    if ((getListThresholdsMethod = RegistryServiceGrpc.getListThresholdsMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListThresholdsMethod = RegistryServiceGrpc.getListThresholdsMethod) == null) {
          RegistryServiceGrpc.getListThresholdsMethod = getListThresholdsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListThresholdsRequest, example.quzhong.api.registry.v1.ListThresholdsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListThresholds"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListThresholdsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListThresholdsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListThresholds"))
              .build();
        }
      }
    }
    return getListThresholdsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAreasRequest,
      example.quzhong.api.registry.v1.ListAreasResponse> getListAreasMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAreas",
      requestType = example.quzhong.api.registry.v1.ListAreasRequest.class,
      responseType = example.quzhong.api.registry.v1.ListAreasResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAreasRequest,
      example.quzhong.api.registry.v1.ListAreasResponse> getListAreasMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAreasRequest, example.quzhong.api.registry.v1.ListAreasResponse> getListAreasMethod;
    if ((getListAreasMethod = RegistryServiceGrpc.getListAreasMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getListAreasMethod = RegistryServiceGrpc.getListAreasMethod) == null) {
          RegistryServiceGrpc.getListAreasMethod = getListAreasMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListAreasRequest, example.quzhong.api.registry.v1.ListAreasResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAreas"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAreasRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAreasResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("ListAreas"))
              .build();
        }
      }
    }
    return getListAreasMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.WhoAmIRequest,
      example.quzhong.api.registry.v1.WhoAmIResponse> getWhoAmIMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WhoAmI",
      requestType = example.quzhong.api.registry.v1.WhoAmIRequest.class,
      responseType = example.quzhong.api.registry.v1.WhoAmIResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.WhoAmIRequest,
      example.quzhong.api.registry.v1.WhoAmIResponse> getWhoAmIMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.WhoAmIRequest, example.quzhong.api.registry.v1.WhoAmIResponse> getWhoAmIMethod;
    if ((getWhoAmIMethod = RegistryServiceGrpc.getWhoAmIMethod) == null) {
      synchronized (RegistryServiceGrpc.class) {
        if ((getWhoAmIMethod = RegistryServiceGrpc.getWhoAmIMethod) == null) {
          RegistryServiceGrpc.getWhoAmIMethod = getWhoAmIMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.WhoAmIRequest, example.quzhong.api.registry.v1.WhoAmIResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WhoAmI"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.WhoAmIRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.WhoAmIResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RegistryServiceMethodDescriptorSupplier("WhoAmI"))
              .build();
        }
      }
    }
    return getWhoAmIMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RegistryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RegistryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RegistryServiceStub>() {
        @java.lang.Override
        public RegistryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RegistryServiceStub(channel, callOptions);
        }
      };
    return RegistryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RegistryServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RegistryServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RegistryServiceBlockingV2Stub>() {
        @java.lang.Override
        public RegistryServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RegistryServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RegistryServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RegistryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RegistryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RegistryServiceBlockingStub>() {
        @java.lang.Override
        public RegistryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RegistryServiceBlockingStub(channel, callOptions);
        }
      };
    return RegistryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RegistryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RegistryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RegistryServiceFutureStub>() {
        @java.lang.Override
        public RegistryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RegistryServiceFutureStub(channel, callOptions);
        }
      };
    return RegistryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Admit a platform and issue its first credential.
     * </pre>
     */
    default void registerPlatform(example.quzhong.api.registry.v1.RegisterPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPlatformResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterPlatformMethod(), responseObserver);
    }

    /**
     * <pre>
     * Admit a partner firm (合作企业) of platforms and issue its first credential.
     * </pre>
     */
    default void registerPartnerFirm(example.quzhong.api.registry.v1.RegisterPartnerFirmRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterPartnerFirmMethod(), responseObserver);
    }

    /**
     * <pre>
     * Admit a regulator, a union, an official, an auditor or an association and issue its first credential.
     * </pre>
     */
    default void registerSupervisor(example.quzhong.api.registry.v1.RegisterSupervisorRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterSupervisorResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterSupervisorMethod(), responseObserver);
    }

    /**
     * <pre>
     * Change what is registered of a party. A version expected that is no longer the last one is ABORTED: read it
     * again, then decide anew. A party may amend its own licences, responsible person and agreement clauses.
     * </pre>
     */
    default void amendParty(example.quzhong.api.registry.v1.AmendPartyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendPartyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAmendPartyMethod(), responseObserver);
    }

    /**
     */
    default void getParty(example.quzhong.api.registry.v1.GetPartyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPartyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPartyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Everything that was ever registered of a party, the first version first. Versions never change.
     * </pre>
     */
    default void listPartyVersions(example.quzhong.api.registry.v1.ListPartyVersionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartyVersionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPartyVersionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Which units the notice names as responsible (责任单位) for each article, and who is registered as such.
     * </pre>
     */
    default void listResponsibilities(example.quzhong.api.registry.v1.ListResponsibilitiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListResponsibilitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListResponsibilitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * A further credential for a party; the token is shown once.
     * </pre>
     */
    default void issueCredential(example.quzhong.api.registry.v1.IssueCredentialRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getIssueCredentialMethod(), responseObserver);
    }

    /**
     * <pre>
     * Take a party's public key. Whoever holds the private one gets access tokens of ten minutes from POST /oauth/token
     * of the registry: OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523).
     * </pre>
     */
    default void registerClientKey(example.quzhong.api.registry.v1.RegisterClientKeyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterClientKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterClientKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * End a credential at once, a client key with the access tokens that were issued to it. Platforms end their own, but
     * for the one they call with.
     * </pre>
     */
    default void revokeCredential(example.quzhong.api.registry.v1.RevokeCredentialRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RevokeCredentialResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRevokeCredentialMethod(), responseObserver);
    }

    /**
     * <pre>
     * Which credentials there are, so that those nobody needs can be revoked. No secret, nor its hash, is told. Platforms
     * see their own.
     * </pre>
     */
    default void listCredentials(example.quzhong.api.registry.v1.ListCredentialsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListCredentialsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListCredentialsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Platforms see themselves, regulators and unions also whom they share areas with, administrators everybody.
     * </pre>
     */
    default void listParties(example.quzhong.api.registry.v1.ListPartiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPartiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Declare an assessment threshold from a date on; versions of one threshold never change. Of two versions the
     * one with the later effective_time holds once that has come; of equal times, the higher version. A declaration
     * whose value holds at its effective_time already gets the version that holds then.
     * </pre>
     */
    default void declareThreshold(example.quzhong.api.registry.v1.DeclareThresholdRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareThresholdResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeclareThresholdMethod(), responseObserver);
    }

    /**
     * <pre>
     * All versions. Platforms see their own, regulators and unions those that hold somewhere in their areas.
     * </pre>
     */
    default void listThresholds(example.quzhong.api.registry.v1.ListThresholdsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListThresholdsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListThresholdsMethod(), responseObserver);
    }

    /**
     */
    default void listAreas(example.quzhong.api.registry.v1.ListAreasRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAreasResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAreasMethod(), responseObserver);
    }

    /**
     * <pre>
     * Who the caller is and what it is there for, so that pages and programs show each reader its own.
     * </pre>
     */
    default void whoAmI(example.quzhong.api.registry.v1.WhoAmIRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.WhoAmIResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWhoAmIMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RegistryService.
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public static abstract class RegistryServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RegistryServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RegistryService.
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public static final class RegistryServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RegistryServiceStub> {
    private RegistryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RegistryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RegistryServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Admit a platform and issue its first credential.
     * </pre>
     */
    public void registerPlatform(example.quzhong.api.registry.v1.RegisterPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPlatformResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterPlatformMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Admit a partner firm (合作企业) of platforms and issue its first credential.
     * </pre>
     */
    public void registerPartnerFirm(example.quzhong.api.registry.v1.RegisterPartnerFirmRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterPartnerFirmMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Admit a regulator, a union, an official, an auditor or an association and issue its first credential.
     * </pre>
     */
    public void registerSupervisor(example.quzhong.api.registry.v1.RegisterSupervisorRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterSupervisorResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterSupervisorMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Change what is registered of a party. A version expected that is no longer the last one is ABORTED: read it
     * again, then decide anew. A party may amend its own licences, responsible person and agreement clauses.
     * </pre>
     */
    public void amendParty(example.quzhong.api.registry.v1.AmendPartyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendPartyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAmendPartyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void getParty(example.quzhong.api.registry.v1.GetPartyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPartyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPartyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Everything that was ever registered of a party, the first version first. Versions never change.
     * </pre>
     */
    public void listPartyVersions(example.quzhong.api.registry.v1.ListPartyVersionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartyVersionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPartyVersionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Which units the notice names as responsible (责任单位) for each article, and who is registered as such.
     * </pre>
     */
    public void listResponsibilities(example.quzhong.api.registry.v1.ListResponsibilitiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListResponsibilitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListResponsibilitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A further credential for a party; the token is shown once.
     * </pre>
     */
    public void issueCredential(example.quzhong.api.registry.v1.IssueCredentialRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getIssueCredentialMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Take a party's public key. Whoever holds the private one gets access tokens of ten minutes from POST /oauth/token
     * of the registry: OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523).
     * </pre>
     */
    public void registerClientKey(example.quzhong.api.registry.v1.RegisterClientKeyRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterClientKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterClientKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * End a credential at once, a client key with the access tokens that were issued to it. Platforms end their own, but
     * for the one they call with.
     * </pre>
     */
    public void revokeCredential(example.quzhong.api.registry.v1.RevokeCredentialRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RevokeCredentialResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRevokeCredentialMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Which credentials there are, so that those nobody needs can be revoked. No secret, nor its hash, is told. Platforms
     * see their own.
     * </pre>
     */
    public void listCredentials(example.quzhong.api.registry.v1.ListCredentialsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListCredentialsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListCredentialsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Platforms see themselves, regulators and unions also whom they share areas with, administrators everybody.
     * </pre>
     */
    public void listParties(example.quzhong.api.registry.v1.ListPartiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPartiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Declare an assessment threshold from a date on; versions of one threshold never change. Of two versions the
     * one with the later effective_time holds once that has come; of equal times, the higher version. A declaration
     * whose value holds at its effective_time already gets the version that holds then.
     * </pre>
     */
    public void declareThreshold(example.quzhong.api.registry.v1.DeclareThresholdRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareThresholdResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeclareThresholdMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * All versions. Platforms see their own, regulators and unions those that hold somewhere in their areas.
     * </pre>
     */
    public void listThresholds(example.quzhong.api.registry.v1.ListThresholdsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListThresholdsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListThresholdsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAreas(example.quzhong.api.registry.v1.ListAreasRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAreasResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAreasMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Who the caller is and what it is there for, so that pages and programs show each reader its own.
     * </pre>
     */
    public void whoAmI(example.quzhong.api.registry.v1.WhoAmIRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.WhoAmIResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getWhoAmIMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RegistryService.
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public static final class RegistryServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RegistryServiceBlockingV2Stub> {
    private RegistryServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RegistryServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RegistryServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Admit a platform and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterPlatformResponse registerPlatform(example.quzhong.api.registry.v1.RegisterPlatformRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a partner firm (合作企业) of platforms and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterPartnerFirmResponse registerPartnerFirm(example.quzhong.api.registry.v1.RegisterPartnerFirmRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterPartnerFirmMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a regulator, a union, an official, an auditor or an association and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterSupervisorResponse registerSupervisor(example.quzhong.api.registry.v1.RegisterSupervisorRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterSupervisorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Change what is registered of a party. A version expected that is no longer the last one is ABORTED: read it
     * again, then decide anew. A party may amend its own licences, responsible person and agreement clauses.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AmendPartyResponse amendParty(example.quzhong.api.registry.v1.AmendPartyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAmendPartyMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.GetPartyResponse getParty(example.quzhong.api.registry.v1.GetPartyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPartyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Everything that was ever registered of a party, the first version first. Versions never change.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListPartyVersionsResponse listPartyVersions(example.quzhong.api.registry.v1.ListPartyVersionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPartyVersionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Which units the notice names as responsible (责任单位) for each article, and who is registered as such.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListResponsibilitiesResponse listResponsibilities(example.quzhong.api.registry.v1.ListResponsibilitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListResponsibilitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A further credential for a party; the token is shown once.
     * </pre>
     */
    public example.quzhong.api.registry.v1.IssueCredentialResponse issueCredential(example.quzhong.api.registry.v1.IssueCredentialRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getIssueCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Take a party's public key. Whoever holds the private one gets access tokens of ten minutes from POST /oauth/token
     * of the registry: OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523).
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterClientKeyResponse registerClientKey(example.quzhong.api.registry.v1.RegisterClientKeyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterClientKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * End a credential at once, a client key with the access tokens that were issued to it. Platforms end their own, but
     * for the one they call with.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RevokeCredentialResponse revokeCredential(example.quzhong.api.registry.v1.RevokeCredentialRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRevokeCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Which credentials there are, so that those nobody needs can be revoked. No secret, nor its hash, is told. Platforms
     * see their own.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListCredentialsResponse listCredentials(example.quzhong.api.registry.v1.ListCredentialsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListCredentialsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms see themselves, regulators and unions also whom they share areas with, administrators everybody.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListPartiesResponse listParties(example.quzhong.api.registry.v1.ListPartiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPartiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declare an assessment threshold from a date on; versions of one threshold never change. Of two versions the
     * one with the later effective_time holds once that has come; of equal times, the higher version. A declaration
     * whose value holds at its effective_time already gets the version that holds then.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DeclareThresholdResponse declareThreshold(example.quzhong.api.registry.v1.DeclareThresholdRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeclareThresholdMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * All versions. Platforms see their own, regulators and unions those that hold somewhere in their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListThresholdsResponse listThresholds(example.quzhong.api.registry.v1.ListThresholdsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListThresholdsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListAreasResponse listAreas(example.quzhong.api.registry.v1.ListAreasRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAreasMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Who the caller is and what it is there for, so that pages and programs show each reader its own.
     * </pre>
     */
    public example.quzhong.api.registry.v1.WhoAmIResponse whoAmI(example.quzhong.api.registry.v1.WhoAmIRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getWhoAmIMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RegistryService.
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public static final class RegistryServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RegistryServiceBlockingStub> {
    private RegistryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RegistryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RegistryServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Admit a platform and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterPlatformResponse registerPlatform(example.quzhong.api.registry.v1.RegisterPlatformRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a partner firm (合作企业) of platforms and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterPartnerFirmResponse registerPartnerFirm(example.quzhong.api.registry.v1.RegisterPartnerFirmRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterPartnerFirmMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a regulator, a union, an official, an auditor or an association and issue its first credential.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterSupervisorResponse registerSupervisor(example.quzhong.api.registry.v1.RegisterSupervisorRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterSupervisorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Change what is registered of a party. A version expected that is no longer the last one is ABORTED: read it
     * again, then decide anew. A party may amend its own licences, responsible person and agreement clauses.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AmendPartyResponse amendParty(example.quzhong.api.registry.v1.AmendPartyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAmendPartyMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.GetPartyResponse getParty(example.quzhong.api.registry.v1.GetPartyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPartyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Everything that was ever registered of a party, the first version first. Versions never change.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListPartyVersionsResponse listPartyVersions(example.quzhong.api.registry.v1.ListPartyVersionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPartyVersionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Which units the notice names as responsible (责任单位) for each article, and who is registered as such.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListResponsibilitiesResponse listResponsibilities(example.quzhong.api.registry.v1.ListResponsibilitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListResponsibilitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A further credential for a party; the token is shown once.
     * </pre>
     */
    public example.quzhong.api.registry.v1.IssueCredentialResponse issueCredential(example.quzhong.api.registry.v1.IssueCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getIssueCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Take a party's public key. Whoever holds the private one gets access tokens of ten minutes from POST /oauth/token
     * of the registry: OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523).
     * </pre>
     */
    public example.quzhong.api.registry.v1.RegisterClientKeyResponse registerClientKey(example.quzhong.api.registry.v1.RegisterClientKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterClientKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * End a credential at once, a client key with the access tokens that were issued to it. Platforms end their own, but
     * for the one they call with.
     * </pre>
     */
    public example.quzhong.api.registry.v1.RevokeCredentialResponse revokeCredential(example.quzhong.api.registry.v1.RevokeCredentialRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRevokeCredentialMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Which credentials there are, so that those nobody needs can be revoked. No secret, nor its hash, is told. Platforms
     * see their own.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListCredentialsResponse listCredentials(example.quzhong.api.registry.v1.ListCredentialsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListCredentialsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms see themselves, regulators and unions also whom they share areas with, administrators everybody.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListPartiesResponse listParties(example.quzhong.api.registry.v1.ListPartiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPartiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Declare an assessment threshold from a date on; versions of one threshold never change. Of two versions the
     * one with the later effective_time holds once that has come; of equal times, the higher version. A declaration
     * whose value holds at its effective_time already gets the version that holds then.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DeclareThresholdResponse declareThreshold(example.quzhong.api.registry.v1.DeclareThresholdRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeclareThresholdMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * All versions. Platforms see their own, regulators and unions those that hold somewhere in their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListThresholdsResponse listThresholds(example.quzhong.api.registry.v1.ListThresholdsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListThresholdsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListAreasResponse listAreas(example.quzhong.api.registry.v1.ListAreasRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAreasMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Who the caller is and what it is there for, so that pages and programs show each reader its own.
     * </pre>
     */
    public example.quzhong.api.registry.v1.WhoAmIResponse whoAmI(example.quzhong.api.registry.v1.WhoAmIRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getWhoAmIMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RegistryService.
   * <pre>
   * Who may do what: platforms, regulators, unions, their credentials, and the thresholds platforms declare.
   * Every mutation takes a request_id, chosen by the caller, 1–64 printable characters. A repeat within seven days,
   * also after a restart, gets the earlier answer and changes nothing, with one exception: a token is shown in the
   * first answer only, because nothing but its hash is kept, and is empty in the answer to a repeat. Whoever lost
   * the first answer calls IssueCredential with a new request_id, and RevokeCredential for the lost credential_id.
   * What an answer says holds in every service that reads the registry from then on.
   * </pre>
   */
  public static final class RegistryServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RegistryServiceFutureStub> {
    private RegistryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RegistryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RegistryServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Admit a platform and issue its first credential.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RegisterPlatformResponse> registerPlatform(
        example.quzhong.api.registry.v1.RegisterPlatformRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterPlatformMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Admit a partner firm (合作企业) of platforms and issue its first credential.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RegisterPartnerFirmResponse> registerPartnerFirm(
        example.quzhong.api.registry.v1.RegisterPartnerFirmRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterPartnerFirmMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Admit a regulator, a union, an official, an auditor or an association and issue its first credential.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RegisterSupervisorResponse> registerSupervisor(
        example.quzhong.api.registry.v1.RegisterSupervisorRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterSupervisorMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Change what is registered of a party. A version expected that is no longer the last one is ABORTED: read it
     * again, then decide anew. A party may amend its own licences, responsible person and agreement clauses.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.AmendPartyResponse> amendParty(
        example.quzhong.api.registry.v1.AmendPartyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAmendPartyMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.GetPartyResponse> getParty(
        example.quzhong.api.registry.v1.GetPartyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPartyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Everything that was ever registered of a party, the first version first. Versions never change.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListPartyVersionsResponse> listPartyVersions(
        example.quzhong.api.registry.v1.ListPartyVersionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPartyVersionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Which units the notice names as responsible (责任单位) for each article, and who is registered as such.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListResponsibilitiesResponse> listResponsibilities(
        example.quzhong.api.registry.v1.ListResponsibilitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListResponsibilitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A further credential for a party; the token is shown once.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.IssueCredentialResponse> issueCredential(
        example.quzhong.api.registry.v1.IssueCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getIssueCredentialMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Take a party's public key. Whoever holds the private one gets access tokens of ten minutes from POST /oauth/token
     * of the registry: OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RegisterClientKeyResponse> registerClientKey(
        example.quzhong.api.registry.v1.RegisterClientKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterClientKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * End a credential at once, a client key with the access tokens that were issued to it. Platforms end their own, but
     * for the one they call with.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.RevokeCredentialResponse> revokeCredential(
        example.quzhong.api.registry.v1.RevokeCredentialRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRevokeCredentialMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Which credentials there are, so that those nobody needs can be revoked. No secret, nor its hash, is told. Platforms
     * see their own.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListCredentialsResponse> listCredentials(
        example.quzhong.api.registry.v1.ListCredentialsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListCredentialsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Platforms see themselves, regulators and unions also whom they share areas with, administrators everybody.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListPartiesResponse> listParties(
        example.quzhong.api.registry.v1.ListPartiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPartiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Declare an assessment threshold from a date on; versions of one threshold never change. Of two versions the
     * one with the later effective_time holds once that has come; of equal times, the higher version. A declaration
     * whose value holds at its effective_time already gets the version that holds then.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.DeclareThresholdResponse> declareThreshold(
        example.quzhong.api.registry.v1.DeclareThresholdRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeclareThresholdMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * All versions. Platforms see their own, regulators and unions those that hold somewhere in their areas.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListThresholdsResponse> listThresholds(
        example.quzhong.api.registry.v1.ListThresholdsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListThresholdsMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListAreasResponse> listAreas(
        example.quzhong.api.registry.v1.ListAreasRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAreasMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Who the caller is and what it is there for, so that pages and programs show each reader its own.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.WhoAmIResponse> whoAmI(
        example.quzhong.api.registry.v1.WhoAmIRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getWhoAmIMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REGISTER_PLATFORM = 0;
  private static final int METHODID_REGISTER_PARTNER_FIRM = 1;
  private static final int METHODID_REGISTER_SUPERVISOR = 2;
  private static final int METHODID_AMEND_PARTY = 3;
  private static final int METHODID_GET_PARTY = 4;
  private static final int METHODID_LIST_PARTY_VERSIONS = 5;
  private static final int METHODID_LIST_RESPONSIBILITIES = 6;
  private static final int METHODID_ISSUE_CREDENTIAL = 7;
  private static final int METHODID_REGISTER_CLIENT_KEY = 8;
  private static final int METHODID_REVOKE_CREDENTIAL = 9;
  private static final int METHODID_LIST_CREDENTIALS = 10;
  private static final int METHODID_LIST_PARTIES = 11;
  private static final int METHODID_DECLARE_THRESHOLD = 12;
  private static final int METHODID_LIST_THRESHOLDS = 13;
  private static final int METHODID_LIST_AREAS = 14;
  private static final int METHODID_WHO_AM_I = 15;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_REGISTER_PLATFORM:
          serviceImpl.registerPlatform((example.quzhong.api.registry.v1.RegisterPlatformRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPlatformResponse>) responseObserver);
          break;
        case METHODID_REGISTER_PARTNER_FIRM:
          serviceImpl.registerPartnerFirm((example.quzhong.api.registry.v1.RegisterPartnerFirmRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterPartnerFirmResponse>) responseObserver);
          break;
        case METHODID_REGISTER_SUPERVISOR:
          serviceImpl.registerSupervisor((example.quzhong.api.registry.v1.RegisterSupervisorRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterSupervisorResponse>) responseObserver);
          break;
        case METHODID_AMEND_PARTY:
          serviceImpl.amendParty((example.quzhong.api.registry.v1.AmendPartyRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AmendPartyResponse>) responseObserver);
          break;
        case METHODID_GET_PARTY:
          serviceImpl.getParty((example.quzhong.api.registry.v1.GetPartyRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetPartyResponse>) responseObserver);
          break;
        case METHODID_LIST_PARTY_VERSIONS:
          serviceImpl.listPartyVersions((example.quzhong.api.registry.v1.ListPartyVersionsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartyVersionsResponse>) responseObserver);
          break;
        case METHODID_LIST_RESPONSIBILITIES:
          serviceImpl.listResponsibilities((example.quzhong.api.registry.v1.ListResponsibilitiesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListResponsibilitiesResponse>) responseObserver);
          break;
        case METHODID_ISSUE_CREDENTIAL:
          serviceImpl.issueCredential((example.quzhong.api.registry.v1.IssueCredentialRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.IssueCredentialResponse>) responseObserver);
          break;
        case METHODID_REGISTER_CLIENT_KEY:
          serviceImpl.registerClientKey((example.quzhong.api.registry.v1.RegisterClientKeyRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RegisterClientKeyResponse>) responseObserver);
          break;
        case METHODID_REVOKE_CREDENTIAL:
          serviceImpl.revokeCredential((example.quzhong.api.registry.v1.RevokeCredentialRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.RevokeCredentialResponse>) responseObserver);
          break;
        case METHODID_LIST_CREDENTIALS:
          serviceImpl.listCredentials((example.quzhong.api.registry.v1.ListCredentialsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListCredentialsResponse>) responseObserver);
          break;
        case METHODID_LIST_PARTIES:
          serviceImpl.listParties((example.quzhong.api.registry.v1.ListPartiesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListPartiesResponse>) responseObserver);
          break;
        case METHODID_DECLARE_THRESHOLD:
          serviceImpl.declareThreshold((example.quzhong.api.registry.v1.DeclareThresholdRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareThresholdResponse>) responseObserver);
          break;
        case METHODID_LIST_THRESHOLDS:
          serviceImpl.listThresholds((example.quzhong.api.registry.v1.ListThresholdsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListThresholdsResponse>) responseObserver);
          break;
        case METHODID_LIST_AREAS:
          serviceImpl.listAreas((example.quzhong.api.registry.v1.ListAreasRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAreasResponse>) responseObserver);
          break;
        case METHODID_WHO_AM_I:
          serviceImpl.whoAmI((example.quzhong.api.registry.v1.WhoAmIRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.WhoAmIResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getRegisterPlatformMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RegisterPlatformRequest,
              example.quzhong.api.registry.v1.RegisterPlatformResponse>(
                service, METHODID_REGISTER_PLATFORM)))
        .addMethod(
          getRegisterPartnerFirmMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RegisterPartnerFirmRequest,
              example.quzhong.api.registry.v1.RegisterPartnerFirmResponse>(
                service, METHODID_REGISTER_PARTNER_FIRM)))
        .addMethod(
          getRegisterSupervisorMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RegisterSupervisorRequest,
              example.quzhong.api.registry.v1.RegisterSupervisorResponse>(
                service, METHODID_REGISTER_SUPERVISOR)))
        .addMethod(
          getAmendPartyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.AmendPartyRequest,
              example.quzhong.api.registry.v1.AmendPartyResponse>(
                service, METHODID_AMEND_PARTY)))
        .addMethod(
          getGetPartyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.GetPartyRequest,
              example.quzhong.api.registry.v1.GetPartyResponse>(
                service, METHODID_GET_PARTY)))
        .addMethod(
          getListPartyVersionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListPartyVersionsRequest,
              example.quzhong.api.registry.v1.ListPartyVersionsResponse>(
                service, METHODID_LIST_PARTY_VERSIONS)))
        .addMethod(
          getListResponsibilitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListResponsibilitiesRequest,
              example.quzhong.api.registry.v1.ListResponsibilitiesResponse>(
                service, METHODID_LIST_RESPONSIBILITIES)))
        .addMethod(
          getIssueCredentialMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.IssueCredentialRequest,
              example.quzhong.api.registry.v1.IssueCredentialResponse>(
                service, METHODID_ISSUE_CREDENTIAL)))
        .addMethod(
          getRegisterClientKeyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RegisterClientKeyRequest,
              example.quzhong.api.registry.v1.RegisterClientKeyResponse>(
                service, METHODID_REGISTER_CLIENT_KEY)))
        .addMethod(
          getRevokeCredentialMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.RevokeCredentialRequest,
              example.quzhong.api.registry.v1.RevokeCredentialResponse>(
                service, METHODID_REVOKE_CREDENTIAL)))
        .addMethod(
          getListCredentialsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListCredentialsRequest,
              example.quzhong.api.registry.v1.ListCredentialsResponse>(
                service, METHODID_LIST_CREDENTIALS)))
        .addMethod(
          getListPartiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListPartiesRequest,
              example.quzhong.api.registry.v1.ListPartiesResponse>(
                service, METHODID_LIST_PARTIES)))
        .addMethod(
          getDeclareThresholdMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.DeclareThresholdRequest,
              example.quzhong.api.registry.v1.DeclareThresholdResponse>(
                service, METHODID_DECLARE_THRESHOLD)))
        .addMethod(
          getListThresholdsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListThresholdsRequest,
              example.quzhong.api.registry.v1.ListThresholdsResponse>(
                service, METHODID_LIST_THRESHOLDS)))
        .addMethod(
          getListAreasMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListAreasRequest,
              example.quzhong.api.registry.v1.ListAreasResponse>(
                service, METHODID_LIST_AREAS)))
        .addMethod(
          getWhoAmIMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.WhoAmIRequest,
              example.quzhong.api.registry.v1.WhoAmIResponse>(
                service, METHODID_WHO_AM_I)))
        .build();
  }

  private static abstract class RegistryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RegistryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.RegistryProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RegistryService");
    }
  }

  private static final class RegistryServiceFileDescriptorSupplier
      extends RegistryServiceBaseDescriptorSupplier {
    RegistryServiceFileDescriptorSupplier() {}
  }

  private static final class RegistryServiceMethodDescriptorSupplier
      extends RegistryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RegistryServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (RegistryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RegistryServiceFileDescriptorSupplier())
              .addMethod(getRegisterPlatformMethod())
              .addMethod(getRegisterPartnerFirmMethod())
              .addMethod(getRegisterSupervisorMethod())
              .addMethod(getAmendPartyMethod())
              .addMethod(getGetPartyMethod())
              .addMethod(getListPartyVersionsMethod())
              .addMethod(getListResponsibilitiesMethod())
              .addMethod(getIssueCredentialMethod())
              .addMethod(getRegisterClientKeyMethod())
              .addMethod(getRevokeCredentialMethod())
              .addMethod(getListCredentialsMethod())
              .addMethod(getListPartiesMethod())
              .addMethod(getDeclareThresholdMethod())
              .addMethod(getListThresholdsMethod())
              .addMethod(getListAreasMethod())
              .addMethod(getWhoAmIMethod())
              .build();
        }
      }
    }
    return result;
  }
}
